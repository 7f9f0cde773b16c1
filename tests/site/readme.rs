//! The README's instructions, followed word by word.

use e2e::{Blog, Browser, Headers, Page, Site, with_tab};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const README: &str = include_str!("../../README.md");

/// The texts of the README's fences of a language, within a section.
fn fences(section: &str, language: &str) -> Vec<&'static str> {
    let (_, rest) = README.split_once(&format!("## {section}\n")).expect("the section");
    let text = rest.split("\n## ").next().expect("its text");
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|part| part.split("\n```").next().expect("its end")).collect()
}

#[test]
fn put_it_on_your_blog() {
    let site = Site::new(Headers::None);
    let snippets = fences("Put it on your blog", "html");
    let [with_script, without] = snippets[..] else { panic!("two snippets, not {snippets:?}") };
    with_tab(Browser::Chromium, async |driver| {
        let post = |snippet: &str| {
            format!(
                "<!doctype html><title>A post</title>{}",
                snippet.replace("https://example.org/interleave", "INTERLEAVE")
            )
        };
        let blog = Blog::new(Headers::None, &site, &post(with_script));
        driver.goto(blog.address()).await.unwrap();
        let page = Page { driver: driver.clone() };
        page.wait_until("return !!customElements.get('interleave-lab')", "the script").await;
        page.script("document.querySelector('interleave-lab').shadowRoot.querySelector('.poster button').click()")
            .await;
        page.script("document.querySelector('interleave-lab').run()").await;
        page.wait_until(
            "return document.querySelector('interleave-lab').result?.runs.length === 6",
            "a result of all modes",
        )
        .await;

        let blog = Blog::new(Headers::None, &site, &post(without));
        driver.goto(blog.address()).await.unwrap();
        driver.enter_frame(0).await.unwrap();
        page.status("Ready.").await;
        assert_eq!(page.run().await.len(), 6);
    });
}

/// A program that ends with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn deploy_it() {
    let commands = fences("Deploy it", "sh");
    let [commands] = commands[..] else { panic!("one fence, not {commands:?}") };
    let lines: Vec<_> = commands.lines().collect();
    let [build, serve] = lines[..] else { panic!("two commands, not {commands}") };
    let address = README.split("shows it at ").nth(1).and_then(|rest| rest.split(',').next()).expect("an address");
    let shell = |line: &str| {
        let mut command = Command::new("sh");
        // `exec`, so that what is started is what is ended.
        command.args(["-c", &format!("exec {line}")]).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    assert!(shell(build).status().expect("a shell").success(), "{build}");
    let _server = Running(shell(serve).spawn().expect("a shell"));
    let host = address.split('/').nth(2).expect("a host with a port");
    let deadline = Instant::now() + Duration::from_secs(30);
    while TcpStream::connect(host).is_err() {
        assert!(Instant::now() < deadline, "nothing listens at {host}");
        std::thread::sleep(Duration::from_millis(50));
    }
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::visit(&driver, &format!("{address}?tasks=2&sleep=10&cpu=5")).await;
        assert_eq!(page.place().await.0, "shared");
        assert_eq!(page.run().await.len(), 6);
    });
}
