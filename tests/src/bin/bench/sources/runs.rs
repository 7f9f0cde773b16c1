//! Runs of labs, in the page and natively, and their results as text.

use super::PRESS_RUN;
use crate::built::Built;
use e2e::{Browser, with_browser};
use std::process::Command;
use std::time::Duration;

/// The result of a query's run in a browser.
pub fn in_browser(built: &Built, browser: Browser, query: &str) -> String {
    let server = built.serve("app");
    with_browser(browser, async |driver| {
        driver.set_script_timeout(Duration::from_secs(120)).await.expect("patience");
        driver.goto(format!("{}?{query}", server.url())).await.expect("the page");
        let script = format!(
            "{PRESS_RUN} const done = arguments[0]; \
             addEventListener('interleave:result', ({{ detail }}) => done(JSON.stringify(detail.result)), {{ once: true }}); \
             addEventListener('interleave:error', ({{ detail }}) => done(JSON.stringify(detail)), {{ once: true }}); \
             press();"
        );
        let answer = driver.execute_async(script, Vec::new()).await;
        let answer = answer.unwrap_or_else(|error| panic!("{query} in {browser}: {error}"));
        answer.json().as_str().unwrap_or("").to_owned()
    })
}

/// The result of a lab's run on the command line.
pub fn natively(built: &Built, lab: &str, options: &[&str]) -> String {
    let mut command = Command::new(&built.cli);
    command.args(["run", lab, "--json"]).args(options);
    let output = command.output().expect("the labs' program");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
