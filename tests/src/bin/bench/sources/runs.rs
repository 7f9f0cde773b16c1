//! Runs of labs, in the page and natively, and their results as text.

use super::{PRESS_RUN, serve};
use e2e::{Browser, with_browser};
use std::process::Command;
use std::time::Duration;
use thirtyfour::WebDriver;

/// The results of a query's runs in a browser.
pub fn in_browser(browser: Browser, query: &str, repeats: usize) -> Vec<String> {
    let server = serve("app", None);
    with_browser(browser, async |driver| {
        let mut results = Vec::new();
        for _ in 0..repeats {
            driver.goto(format!("{}?{query}", server.url())).await.expect("the page");
            results.push(run(&driver).await);
        }
        results
    })
}

/// Presses Run and waits for the result.
async fn run(driver: &WebDriver) -> String {
    driver.set_script_timeout(Duration::from_secs(120)).await.expect("patience");
    let script = format!(
        "{PRESS_RUN} const done = arguments[0]; \
         addEventListener('interleave:result', ({{ detail }}) => done(JSON.stringify(detail.result)), {{ once: true }}); \
         addEventListener('interleave:error', ({{ detail }}) => done(JSON.stringify(detail)), {{ once: true }}); \
         press();"
    );
    let answer = driver.execute_async(script, Vec::new()).await.expect("the run to end");
    answer.json().as_str().unwrap_or("").to_owned()
}

/// The result of a lab's run on the command line.
pub fn natively(lab: &str, options: &[&str]) -> String {
    let mut command = Command::new(e2e::from_xtask("INTERLEAVE_BENCH_CLI"));
    command.args(["run", lab, "--json"]).args(options);
    let output = command.output().expect("the labs' program");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
