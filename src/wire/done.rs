//! What a page can say after a form led to it: a closed set in `?done=`, so that a crafted link shows only our own words.

use rekey_domain::text::Typed;

use crate::wire::people::Edited;

/// The result of the previous press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// A reset (or invitation) is on its way to the person of the page.
    OnItsWay,
    /// The links of the person of the page are withdrawn.
    Revoked,
    /// The password was changed through a link.
    PasswordChanged,
    /// Signed out.
    SignedOut,
    /// The session ended for want of activity.
    IdleEnd,
    /// Somebody signed in, and the browser did not send the session's cookie back.
    CookieLost,
    /// The own details are saved, or those of the person of the page.
    Saved,
    /// One of the own sessions was ended.
    DeviceSignedOut,
    /// All other own sessions were ended.
    OthersSignedOut,
    /// The recipient withdrew a link.
    LinkWithdrawn,
    /// The recipient withdrew a link that was not asked for, and all own sessions are ended.
    LinkNotMine,
    /// The same, and the administrators were told.
    LinkDisavowed,
    /// All sessions were ended after "this was not me".
    AllSignedOut,
    /// The same, and the administrators were told.
    ChangeDisavowed,
    /// The person of the page is new.
    UserCreated,
    /// The details of the person of the page are saved, and an invitation goes to the corrected address.
    InvitedAnew,
    /// The own details are saved, or those of the person of the page, and a new address waits to be confirmed.
    EmailEntered,
    /// The role of the person of the page is saved.
    RoleSaved,
    /// The sessions of the person of the page are ended.
    UserSignedOut,
    /// The person of the page is deleted.
    UserDeleted,
    /// The person of the page is restored.
    UserRestored,
    /// The person of the page is restored once a new address counts.
    UserRestoring,
    /// A new address was cancelled.
    EmailCancelled,
    /// A new address was confirmed, and counts.
    EmailCounts,
    /// A new address was confirmed, and counts later.
    EmailConfirmed,
    /// A new address was stopped.
    EmailStopped,
    /// The same, and all own sessions and the password are gone.
    EmailStoppedSignedOut,
    /// A new address was stopped with which a deleted account was to come back, or had.
    StaysDeleted,
    /// An old address is back.
    EmailTakenBack,
    /// The person of the page has access to a linked company.
    AccessGiven,
    /// The person of the page has lost access to a linked company.
    AccessRemoved,
}

impl From<Edited> for Done {
    fn from(edited: Edited) -> Self {
        match edited {
            Edited::Saved => Self::Saved,
            Edited::InvitedAnew => Self::InvitedAnew,
            Edited::EmailEntered => Self::EmailEntered,
        }
    }
}

impl Done {
    /// Every result.
    pub const ALL: [Self; 31] = [
        Self::OnItsWay,
        Self::Revoked,
        Self::PasswordChanged,
        Self::SignedOut,
        Self::IdleEnd,
        Self::CookieLost,
        Self::Saved,
        Self::DeviceSignedOut,
        Self::OthersSignedOut,
        Self::LinkWithdrawn,
        Self::LinkNotMine,
        Self::LinkDisavowed,
        Self::AllSignedOut,
        Self::ChangeDisavowed,
        Self::UserCreated,
        Self::InvitedAnew,
        Self::EmailEntered,
        Self::RoleSaved,
        Self::UserSignedOut,
        Self::UserDeleted,
        Self::UserRestored,
        Self::UserRestoring,
        Self::EmailCancelled,
        Self::EmailCounts,
        Self::EmailConfirmed,
        Self::EmailStopped,
        Self::EmailStoppedSignedOut,
        Self::StaysDeleted,
        Self::EmailTakenBack,
        Self::AccessGiven,
        Self::AccessRemoved,
    ];

    /// The word in the URL.
    pub fn word(self) -> &'static str {
        match self {
            Self::OnItsWay => "on-its-way",
            Self::Revoked => "revoked",
            Self::PasswordChanged => "password-changed",
            Self::SignedOut => "signed-out",
            Self::IdleEnd => "idle",
            Self::CookieLost => "no-cookie",
            Self::Saved => "saved",
            Self::DeviceSignedOut => "device-signed-out",
            Self::OthersSignedOut => "others-signed-out",
            Self::LinkWithdrawn => "link-withdrawn",
            Self::LinkNotMine => "link-not-mine",
            Self::LinkDisavowed => "link-disavowed",
            Self::AllSignedOut => "all-signed-out",
            Self::ChangeDisavowed => "change-disavowed",
            Self::UserCreated => "user-created",
            Self::InvitedAnew => "invited-anew",
            Self::EmailEntered => "email-entered",
            Self::RoleSaved => "role-saved",
            Self::UserSignedOut => "user-signed-out",
            Self::UserDeleted => "user-deleted",
            Self::UserRestored => "user-restored",
            Self::UserRestoring => "user-restoring",
            Self::EmailCancelled => "email-cancelled",
            Self::EmailCounts => "email-counts",
            Self::EmailConfirmed => "email-confirmed",
            Self::EmailStopped => "email-stopped",
            Self::EmailStoppedSignedOut => "email-stopped-signed-out",
            Self::StaysDeleted => "stays-deleted",
            Self::EmailTakenBack => "email-taken-back",
            Self::AccessGiven => "access-given",
            Self::AccessRemoved => "access-removed",
        }
    }

    /// Reads the word; anything else says nothing.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.word() == word)
    }
}

/// What the server remembers for the next page in short-lived cookies, because it was typed or counted and so must
/// not stand in a URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    /// The address for which a link was asked, so that slips are seen, or whose password was set (2 minutes).
    pub asked_address: Option<Typed>,
    /// How many devices a new password signed out.
    pub signed_out_devices: Option<u64>,
    /// The company whose administrators were told that something was not expected.
    pub told_company: Option<Typed>,
}
