//! What can be done, as the activity names it. A deed is stored as its word; the sentence about it is written when it is read
//! (`texts/activity.rs`), so that a deed without a sentence does not compile.

use std::fmt;

use crate::word::words;

words! {
    /// A deed.
    pub enum Deed {
        /// Signing in.
        SignedIn = "signed_in",
        /// Signing out.
        SignedOut = "signed_out",
        /// Signing another device of one's own out.
        DeviceSignedOut = "device_signed_out",
        /// Signing all other devices of one's own out.
        OtherDevicesSignedOut = "other_devices_signed_out",
        /// Entering the current password; only refusals are kept.
        CurrentPassword = "current_password",
        /// Going beyond a limit; only refusals are kept.
        LimitReached = "limit_reached",
        /// Downloading a list.
        ListDownloaded = "list_downloaded",
        /// All that a network was refused beyond what is kept one by one.
        MoreRefused = "more_refused",
        /// Asking for a link to a new password.
        ResetAsked = "reset_asked",
        /// Asking for links for many at once.
        ManyResetsAsked = "many_resets_asked",
        /// Withdrawing the unused links of a batch.
        ManyLinksRevoked = "many_links_revoked",
        /// Importing a list of people.
        PeopleImported = "people_imported",
        /// Withdrawing somebody's links.
        LinksRevoked = "links_revoked",
        /// Having a link shown, to hand it over outside mail.
        LinkShown = "link_shown",
        /// Withdrawing one's own link, which is not needed.
        LinkWithdrawn = "link_withdrawn",
        /// Saying “this was not me”.
        SaidNotMe = "said_not_me",
        /// Setting a new password with a link.
        PasswordSetByLink = "password_set_by_link",
        /// Changing one's own password while signed in.
        PasswordChanged = "password_changed",
        /// Changing one's own name or time zone.
        OwnDetailsChanged = "own_details_changed",
        /// Creating an account.
        UserCreated = "user_created",
        /// Editing an account's details, where it was refused; what was done has a deed of its own.
        UserEdited = "user_edited",
        /// Renaming somebody.
        UserRenamed = "user_renamed",
        /// Deleting an account.
        UserDeleted = "user_deleted",
        /// Restoring a deleted account.
        UserRestored = "user_restored",
        /// Signing somebody out everywhere.
        UserSignedOut = "user_signed_out",
        /// Giving somebody another role.
        RoleChanged = "role_changed",
        /// Correcting the email of somebody who never had a password.
        EmailCorrected = "email_corrected",
        /// Entering a new email, which has to be confirmed.
        EmailEntered = "email_entered",
        /// Cancelling a new email.
        EmailCancelled = "email_cancelled",
        /// Confirming a new email.
        EmailConfirmed = "email_confirmed",
        /// A new email that counts from now on.
        EmailChanged = "email_changed",
        /// A new email that could not count, since somebody else has it.
        EmailNotFree = "email_not_free",
        /// Stopping a new email from the old address.
        EmailStopped = "email_stopped",
        /// Creating a company.
        CompanyCreated = "company_created",
        /// Changing a company's details.
        CompanyChanged = "company_changed",
        /// Linking a company to a parent.
        CompanyLinked = "company_linked",
        /// Ending the link to a parent.
        CompanyUnlinked = "company_unlinked",
        /// Linking a company as a child.
        ChildLinked = "child_linked",
        /// Ending the link to a child.
        ChildUnlinked = "child_unlinked",
        /// Giving somebody access to a linked company.
        AccessGiven = "access_given",
        /// Removing somebody's access to a linked company.
        AccessRemoved = "access_removed",
        /// Switching to a linked company.
        CompanyEntered = "company_entered",
    }
}

/// How many people a deed was about, and why they were chosen, as an entry keeps it: `7`, or `7: the office moves`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ManyPeople<'a> {
    /// How many.
    pub people: u64,
    /// Why, in the words of whoever did it.
    pub reason: Option<&'a str>,
}

impl<'a> ManyPeople<'a> {
    /// Reads what an entry keeps. None of entries before 0.2, which keep a sentence.
    pub fn read(detail: &'a str) -> Option<Self> {
        let (people, reason) = match detail.split_once(": ") {
            Some((people, reason)) => (people, Some(reason)),
            None => (detail, None),
        };
        let people = people.parse().ok()?;
        Some(Self { people, reason })
    }
}

impl fmt::Display for ManyPeople<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reason {
            Some(reason) => write!(f, "{}: {reason}", self.people),
            None => self.people.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_many_and_why_are_read_as_they_were_kept_and_a_sentence_is_not() {
        for reason in [None, Some("the office moves: all of it"), Some("3: again")] {
            let many = ManyPeople { people: 7, reason };
            assert_eq!(ManyPeople::read(&many.to_string()), Some(many));
        }
        for sentence in ["7 people: the office moves", "1 person", "", ": x"] {
            assert_eq!(ManyPeople::read(sentence), None, "{sentence}");
        }
    }
}
