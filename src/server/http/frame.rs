//! What stands around a page that is written outside of the application (`templates/plain.html`). It needs neither the
//! application nor the database.

use crate::server::http::assets;
use crate::texts::pages;

/// Head, skip link, header and footer.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) product: &'static str,
    pub(super) stylesheet: String,
    pub(super) skip: &'static str,
    pub(super) help: &'static str,
    pub(super) helper: &'static str,
}

impl Frame {
    /// As every such page has it.
    pub(super) fn new() -> Self {
        Self {
            product: pages::PRODUCT,
            stylesheet: assets::stylesheet(),
            skip: pages::SKIP,
            help: pages::HELP,
            helper: pages::HELP_NOBODY,
        }
    }
}
