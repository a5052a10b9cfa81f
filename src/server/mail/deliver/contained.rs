//! A try that ends by a mistake of the program's: which mail is to blame, and the others go on (F4).

use super::Sender;
use crate::server::mail::mistakes::put_off_failed;
use crate::server::service::acting::error::Outcome;
use crate::server::work::contained_outcome;

impl Sender {
    /// As [`Sender::deliver_next`]; where that fails for the sake of one mail, that one is put off. Fails where no mail is to
    /// blame.
    pub async fn attempt_next(&mut self) -> Outcome<bool> {
        let was_alone = self.accepted.as_ref().is_some_and(|accepted| accepted.goes_alone);
        let failed = match contained_outcome(self.deliver_next()).await {
            Err(error) if !error.is_passing() => error,
            done => {
                self.claimed = None;
                return done;
            }
        };
        // It may have ended in the middle of a conversation.
        self.line.give_up_connection();
        let to_blame = match self.claimed.take() {
            // What the mail server took can't be kept. It is tried when it is claimed again, and not handed over again.
            None if was_alone => self.accepted.take().map(|accepted| accepted.mail),
            claimed => claimed,
        };
        match (to_blame, &mut self.accepted) {
            (Some(mail), _) => put_off_failed(&self.services, &mail, true, failed).await?,
            // The one before may be to blame: now it goes alone.
            (None, Some(accepted)) => accepted.goes_alone = true,
            (None, None) => return Err(failed),
        }
        Ok(true)
    }
}
