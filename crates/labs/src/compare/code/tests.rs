use super::*;
use crate::plan::Plan;
use proptest::prelude::*;

/// The layouts as they are beside the code, where the build takes them from.
fn layout(name: &str) -> Option<String> {
    std::fs::read_to_string(format!("{}/src/compare/code/{name}", env!("CARGO_MANIFEST_DIR"))).ok()
}

fn write(args: &Args, mode: Mode, language: Language) -> String {
    program(&layout, args, mode, language).unwrap_or_else(|| panic!("{mode:?} in {language:?} lacks a layout")).text
}

fn text(query: &str, mode: Mode, language: Language) -> String {
    let (args, notices) = Args::from_query(query);
    assert_eq!(notices, []);
    write(&args, mode, language)
}

fn every() -> impl Iterator<Item = (Mode, Language)> {
    Mode::ALL.into_iter().flat_map(|mode| Language::ALL.map(|language| (mode, language)))
}

#[test]
fn every_layout_is_there_and_needed() {
    let needed = std::cell::RefCell::new(std::collections::BTreeSet::new());
    let note = |name: &str| {
        needed.borrow_mut().insert(name.to_owned());
        layout(name)
    };
    for (mode, language) in every() {
        assert!(program(&note, &Args::default(), mode, language).is_some(), "{mode:?} in {language:?}");
    }
    let needed = needed.into_inner();
    for language in Language::ALL.map(Language::slug) {
        for file in std::fs::read_dir(format!("{}/src/compare/code/{language}", env!("CARGO_MANIFEST_DIR"))).unwrap() {
            let name = format!("{language}/{}", file.unwrap().file_name().display());
            assert!(needed.contains(&name), "no program has {name}");
        }
    }
}

#[test]
fn without_a_layout_there_is_no_program() {
    for missing in ["python/threads.py", "python/run.py"] {
        let layouts = |name: &str| if name == missing { None } else { layout(name) };
        assert_eq!(program(&layouts, &Args::default(), Mode::Threads, Language::Python), None);
    }
}

#[test]
fn each_mode_is_written_with_what_the_language_has_for_it() {
    let words = |mode| match mode {
        Mode::Sequential => ["in range(len(TASKS))", "for (int number", "for number in"],
        Mode::EventLoop => ["asyncio.gather", "newSingleThreadScheduledExecutor", "BinaryHeap"],
        Mode::OneCore => ["sys.setswitchinterval", "new ReentrantLock(true)", "FairLock"],
        Mode::Threads => ["threading.Thread", "new Thread", "scope.spawn"],
        Mode::Pool => ["ThreadPoolExecutor", "Executors.newFixedThreadPool", "Mutex::new"],
        Mode::Processes => ["if __name__ == \"__main__\"", "ProcessBuilder", "Command::new"],
    };
    for mode in Mode::ALL {
        for (language, word) in Language::ALL.into_iter().zip(words(mode)) {
            let text = text("", mode, language);
            assert!(text.contains(word), "{mode:?} in {language:?} has no {word}:\n{text}");
        }
    }
}

#[test]
fn the_first_line_says_which_settings_the_program_is_of() {
    let (args, _) = Args::from_query("plan=s20.c5*2+c10&pool=3");
    for (mode, language) in every() {
        let text = write(&args, mode, language);
        let first = text.lines().next().unwrap();
        let (_, query) = first.split_once('?').unwrap();
        assert_eq!(Args::from_query(query), (args.clone(), vec![]), "{first}");
    }
}

#[test]
fn pool_and_quantum_are_those_of_the_arguments() {
    let query = "pool=13&quantum=7";
    for (language, pool, quantum) in [
        (Language::Python, "max_workers=13", "0.007"),
        (Language::Java, "newFixedThreadPool(13)", "QUANTUM = 7;"),
        (Language::Rust, "WORKERS: usize = 13;", "QUANTUM: f64 = 7.0;"),
    ] {
        assert!(text(query, Mode::Pool, language).contains(pool), "{pool}");
        for mode in [Mode::EventLoop, Mode::OneCore] {
            assert!(text(query, mode, language).contains(quantum), "{mode:?}: {quantum}");
        }
    }
}

#[test]
fn the_task_list_is_data_at_the_top() {
    let query = "plan=s20.c5*2+panic+s0";
    for (language, list) in [
        (
            Language::Python,
            "    (2, [(\"sleep\", 0.02), (\"compute\", 0.005)]),\n    (1, [(\"crash\", 0)]),\n    (1, [(\"sleep\", 0)]),\n]",
        ),
        (
            Language::Java,
            "        times(2, sleep(20), compute(5)),\n        times(1, crash()),\n        times(1, sleep(0))\n    )",
        ),
        (Language::Rust, "    (2, &[Sleep(20.0), Compute(5.0)]),\n    (1, &[Crash]),\n    (1, &[Sleep(0.0)]),\n];"),
    ] {
        for mode in Mode::ALL {
            let text = text(query, mode, language);
            let at = text.find(list).unwrap_or_else(|| panic!("{mode:?} in {language:?}:\n{text}"));
            assert!(at < 1000, "{mode:?} in {language:?}: the list begins at {at}");
        }
    }
}

#[test]
fn tasks_that_do_nothing_are_written_too() {
    for (language, group) in
        [(Language::Python, "(3, []),"), (Language::Java, "times(3)\n"), (Language::Rust, "(3, &[]),")]
    {
        let text = text("tasks=3&sleep=0", Mode::Threads, language);
        assert!(text.contains(group), "{text}");
    }
}

#[test]
fn many_tasks_that_differ_stay_readable() {
    for (mode, language) in every() {
        let parts = ["s100.c20"; 8].join(".");
        let text = text(&format!("plan={parts}*64&jitter=50"), mode, language);
        // All but the comment with the settings fits.
        let widest = text.lines().skip(1).map(str::len).max().unwrap();
        assert!(widest <= 120, "{mode:?} in {language:?}: {widest} characters");
    }
}

proptest! {
    /// Every word is filled in, and nothing stands in a program that a compiler on some system reads differently.
    #[test]
    fn whatever_is_asked_for_is_filled_in(
        plan in "(s[0-9]{1,4}|c[0-9]{1,3}|panic)(\\.(s[0-9]|c[0-9]|panic)){0,15}(\\*[1-9])?",
        given in any::<bool>(),
        tasks in 1_u32..65,
        jitter in 0_u32..101,
        seed in 0_u32..1_000_000,
    ) {
        let plan = given.then(|| Plan::parse(&plan).unwrap().0);
        let mut args = Args { tasks, jitter, seed, cpu: 7, ..Args::default() };
        args.set_plan(plan);
        for (mode, language) in every() {
            let text = write(&args, mode, language);
            prop_assert!(!text.contains('@'), "{}", text);
            prop_assert!(text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)), "{}", text);
            prop_assert!(text.ends_with('\n') && !text.contains(" \n") && !text.contains("\n\n\n\n"));
        }
    }
}
