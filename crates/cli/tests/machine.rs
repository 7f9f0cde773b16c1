//! `interleave machine` and `interleave explore`, as a reader runs them.

use std::process::{Command, Output};

fn interleave(arguments: &str) -> Output {
    let program = env!("CARGO_BIN_EXE_interleave");
    Command::new(program).args(arguments.split_whitespace()).output().unwrap()
}

fn printed(arguments: &str) -> String {
    let output = interleave(arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn refused(arguments: &str) -> String {
    let output = interleave(arguments);
    assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// A program in a file.
fn file(name: &str, text: &str) -> String {
    let path = format!("{}/{name}", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&path, text).unwrap();
    path
}

const ADD: &str = "mov 2000, %ax\nadd $1, %ax\nmov %ax, 2000\nhalt\n";

#[test]
fn a_run_is_printed_step_by_step() {
    let path = file("run.s", ADD);
    let text = printed(&format!("machine {path} --interval 3 --watch 2000 --regs ax"));
    let expected = "  2000     ax   Thread 0                  Thread 1
     0      0
     0      0   1000 mov 2000, %ax
     0      1   1001 add $1, %ax
     1      1   1002 mov %ax, 2000
-- saved of thread 0: pc 1003, sp 128000, ax 1
-- restored of thread 1: pc 1000, sp 127000
     1      1                             1000 mov 2000, %ax
     1      2                             1001 add $1, %ax
     2      2                             1002 mov %ax, 2000
-- saved of thread 1: pc 1003, sp 127000, ax 2
-- restored of thread 0: pc 1003, sp 128000, ax 1
     2      1   1003 halt
-- saved of thread 0: nothing, it is over
-- restored of thread 1: pc 1003, sp 127000, ax 2
     2      2                             1003 halt
8 steps by 2 threads; 3 switches, 50 values copied by them
";
    assert_eq!(text, expected);
}

#[test]
fn a_run_is_told_as_json() {
    let path = file("json.s", ADD);
    let text = printed(&format!("machine {path} --schedule 01 --watch 2000 --regs ax --args ax=1,ax=2 --json"));
    let expected = concat!(
        r#"{"steps":[{"thread":0,"pc":1000,"text":"mov 2000, %ax","registers":{"ax":0},"memory":{"2000":0}},"#,
        r#"{"thread":1,"pc":1000,"text":"mov 2000, %ax","registers":{"ax":0},"memory":{"2000":0}}],"#,
        r#""switches":[1],"copies":20,"schedule":"01","over":false,"#,
        r#""final":{"memory":{"2000":0},"threads":[{"ax":0},{"ax":0}]}}"#,
        "\n"
    );
    assert_eq!(text, expected);
    let value: serde_json::Value =
        serde_json::from_str(&printed("machine lost-update --random-interval --interval 3 --seed 1 --apart --json"))
            .unwrap();
    assert_eq!(value["final"]["memories"], serde_json::json!([{"count": 1}, {"count": 1}]));
    assert_eq!(value["over"], true);
}

#[test]
fn everything_that_can_happen_is_told() {
    let path = file("explore.s", ADD);
    let text = printed(&format!("explore {path} --threads 2 --watch 2000 --json"));
    let expected = concat!(
        r#"{"outcomes":[{"memory":{"2000":1},"kind":"halted","schedules":"60","shortest":"00100111"},"#,
        r#"{"memory":{"2000":2},"kind":"halted","schedules":"10","shortest":"00001111"}],"#,
        r#""violations":[],"states":41,"edges":60,"schedules":"70"}"#,
        "\n"
    );
    assert_eq!(text, expected);
    let text = printed("explore broken-flag --watch count");
    assert!(text.contains("up to 2 rounds in vain"), "{text}");
    assert!(text.contains("violated: alone .critical .release; first by 00010111"), "{text}");
    assert!(printed("explore two-locks").contains("deadlock"));
    assert!(printed("explore peterson --states 50").contains("The limit of states is reached"));
    assert!(!printed("explore peterson --uncounted").contains("schedules"));
}

#[test]
fn what_is_wrong_is_said() {
    let path = file("wrong.s", "halt\n  mvo $1, %ax\n");
    assert_eq!(
        refused(&format!("machine {path}")),
        format!("error: {path}, line 2, column 3: no instruction is called “mvo”\n")
    );
    let missing = refused("explore nowhere.s");
    assert!(missing.starts_with("error: nowhere.s: ") && missing.contains("lost-update, broken-flag"), "{missing}");
    assert!(refused("machine lost-update --watch nothing").contains("“nothing” is neither an address nor a variable"));
    assert!(refused("machine lost-update --regs zx").contains("no register is called “zx”"));
    assert!(refused("machine lost-update --watch 999999").contains("address 999999 is outside of the memory"));
    assert!(refused("machine lost-update --schedule 012").contains("“2” is no thread"));
    assert!(refused("machine lost-update --threads 11").contains("1 to 10 threads"));
    assert!(refused("machine lost-update --args ax").contains("“ax” is not of the form ax=1"));
    let path = file("fault.s", "mov $1, -1\n");
    assert!(
        printed(&format!("machine {path} --threads 1"))
            .contains("-- thread 0 is stopped: address -1 is outside of the memory")
    );
    assert!(printed(&format!("explore {path} --threads 1")).contains("fault"));
}
