//! `pictures`: takes the pictures of the documents anew, from the demo as it is now, into `docs/images`.

use std::ffi::OsString;

use crate::command;
use crate::failure::Failure;
use crate::needs;
use crate::steps::Steps;
use crate::tasks::test;
use crate::workspace::Workspace;

/// Playwright's configuration, beside that of the tests.
const CONFIGURATION: &str = "pictures.config.ts";

/// Sets up what the browser tests need, and takes them.
pub fn pictures(workspace: &Workspace, steps: &mut Steps, arguments: &[OsString]) -> Result<(), Failure> {
    needs::c_compiler()?;
    needs::room_on_disk(workspace)?;
    let browser = test::for_the_browser(workspace, steps)?;
    test::build_for_the_browser(workspace, steps)?;
    steps.step("pictures, into docs/images", || {
        let mut playwright = test::playwright(workspace, &browser);
        command::run(playwright.args(["--config", CONFIGURATION]).args(arguments))
    })
}
