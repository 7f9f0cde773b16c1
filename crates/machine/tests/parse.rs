//! What is wrong with a text is said, and where; no text is too strange.

use interleave_machine::{
    FIRST_VARIABLE, Machine, Program, Session, Setup, Timer, arguments, instruction_names, library,
};
use proptest::prelude::*;
use std::rc::Rc;

fn errors(text: &str) -> Vec<String> {
    Program::parse(text).unwrap_err().iter().map(ToString::to_string).collect()
}

fn error(text: &str) -> String {
    let [error] = &errors(text)[..] else { panic!("{:?}", errors(text)) };
    error.clone()
}

#[test]
fn errors_name_line_and_column_and_what_is_wrong() {
    assert_eq!(error("halt\n  mvo $1, %ax"), "line 2, column 3: no instruction is called “mvo”");
    assert_eq!(error("mov 1, 2"), "line 1, column 1: mov cannot copy from memory to memory: go by way of a register");
    assert_eq!(error("halt\n\nj .away"), "line 3, column 3: no label is called “.away”");
    assert_eq!(error("mov count, %ax"), "line 1, column 5: no variable is called “count”: declare it with .var count");
    assert!(error("mov $1, %zx").starts_with("line 1, column 10: no register is called “zx”; there are ax, bx,"));
    assert_eq!(error("mov $1 %ax"), "line 1, column 8: there should be “,”, not “%”");
    assert_eq!(
        error("mov $1,"),
        "line 1, column 8: there should be a value ($1), a register (%ax), an address or a label"
    );
    assert_eq!(error("mov 10(%ax, %bx"), "line 1, column 16: there should be “)”");
    assert_eq!(error("mov $2147483648, %ax"), "line 1, column 6: this number does not fit into 32 bits");
    assert_eq!(error("mov $x, %ax"), "line 1, column 6: there should be a number after $, not “x”");
    assert_eq!(error("add $1, 2000"), "line 1, column 1: add is written add value, %register");
    assert_eq!(
        error("test $1, $2"),
        "line 1, column 1: test is written test value, value, where at least one is a register"
    );
    assert_eq!(error("halt %ax"), "line 1, column 1: halt is written halt");
    assert_eq!(error("halt !"), "line 1, column 6: “!” has no meaning here");
    assert_eq!(error("5"), "line 1, column 1: a line begins with an instruction or a label, not with “5”");
    assert_eq!(error(".a\n.a\nhalt"), "line 2, column 1: there are two labels “.a”");
    assert_eq!(error(".top halt\nhalt"), "line 1, column 6: a label stands alone on its line");
    assert_eq!(error(".var x\n.var x\nhalt"), "line 2, column 6: there are two variables “x”");
    assert_eq!(error(".var\nhalt"), "line 1, column 1: a variable is written .var name, or .var name length");
    assert!(error(".var x 0\nhalt").starts_with("line 1, column 8: a variable has 1 to"));
    assert_eq!(error(""), "line 1, column 1: there is no instruction");
    assert_eq!(error("# nothing\n.main\n"), "line 1, column 1: there is no instruction");
    assert_eq!(error("halt\n#: thread 2"), "line 2, column 1: “#: thread” says nothing that is known here");
    assert_eq!(error("#: args ax\nhalt"), "line 1, column 1: “ax” is not of the form ax=1");
    assert_eq!(error("#: watch y\nhalt"), "line 1, column 1: “y” is neither an address nor a variable of the program");
    assert_eq!(
        error(&format!("{}halt", "#: end 100 == 1\n".repeat(33))),
        "line 33, column 1: a program asserts 32 things at most"
    );
    assert_eq!(error("halt #: alone .a .b"), "line 1, column 6: no label is called “.a”");
    assert_eq!(errors("mvo\nhlat\nhalt").len(), 2);
    assert_eq!(errors(&"x\n".repeat(1000)).len(), 20);
}

#[test]
fn a_text_can_be_too_long() {
    let many = |line: &dyn Fn(usize) -> String, most: usize| (0..most).map(line).collect::<String>() + "halt";
    assert!(Program::parse(&many(&|_| "nop\n".into(), 99_999)).is_ok());
    assert_eq!(
        error(&many(&|_| "nop\n".into(), 100_000)),
        "line 100001, column 1: a program has 100000 instructions at most"
    );
    assert_eq!(error(&many(&|n| format!(".l{n}\n"), 1001)), "line 1001, column 1: a program has 1000 labels at most");
    assert_eq!(error(&many(&|n| format!(".var v{n}\n"), 1001)), "line 1001, column 6: there are too many variables");
    assert_eq!(error(&many(&|n| format!(".var v{n} 1000000\n"), 3)), "line 3, column 6: there are too many variables");
}

#[test]
fn text_is_read_as_it_is_meant() {
    let program = Program::parse(
        "#: threads 3\n#: end x == 2\n.var x 2 # two\n.var y\n\n  .main\n#= x = x + 1\n\tmov x , %ax # first\nadd $1,%ax\n.next\nhalt",
    )
    .unwrap();
    let texts: Vec<_> =
        program.lines.iter().map(|line| (line.text.as_str(), line.span.line, line.span.column)).collect();
    assert_eq!(texts, [("mov x , %ax", 8, 2), ("add $1,%ax", 9, 1), ("halt", 11, 1)]);
    assert_eq!((program.entry(), program.label(".next").unwrap().index), (0, 2));
    assert_eq!((program.variable("x").unwrap().address, program.variable("y").unwrap().address), (FIRST_VARIABLE, 108));
    assert_eq!(program.directives.threads, Some(3));
    assert_eq!(program.assertions.len(), 1);
    let statements: Vec<_> =
        program.statements.iter().map(|statement| (statement.text.as_str(), statement.from, statement.to)).collect();
    assert_eq!(statements, [("x = x + 1", 0, 2)]);
}

#[test]
fn what_cannot_be_set_up_is_said() {
    let machine = |text: &str, setup: Setup| match Machine::new(Rc::new(Program::parse(text).unwrap()), &setup) {
        Ok(_) => panic!("{setup:?}"),
        Err(error) => error.to_string(),
    };
    let of = Setup::default;
    assert_eq!(machine("halt", Setup { threads: 11, ..of() }), "there can be 1 to 10 threads, not 11");
    assert_eq!(machine("halt", Setup { threads: 0, ..of() }), "there can be 1 to 10 threads, not 0");
    assert_eq!(machine("halt", Setup { memory: 0, ..of() }), "a memory has 1 to 1024 kB, not 0");
    assert!(
        machine("halt", Setup { memory: 2, ..of() }).starts_with("a memory of 2 kB has no room for code from 1000")
    );
    assert!(machine("halt", Setup { load: u32::MAX, ..of() }).contains("has no room"));
    assert!(machine(".var x 300\nhalt", of()).starts_with("the variables reach to 1300"));
    let three = arguments("ax=1,ax=2,ax=3").unwrap();
    assert_eq!(
        machine("halt", Setup { arguments: three, ..of() }),
        "registers are given for 3 threads, and there are 2"
    );
    let wrong = |text: &str| arguments(text).unwrap_err().to_string();
    assert_eq!(wrong("ax"), "“ax” is not of the form ax=1");
    assert_eq!(wrong("zx=1"), "“zx=1” names no register");
    assert_eq!(wrong("ax=1,bx=x"), "“bx=x” has no number of 32 bits");
    assert!(wrong("sp=1").contains("cannot be set"));
}

/// Text that looks like a program, more or less.
fn texts() -> impl Strategy<Value = String> {
    let names: Vec<_> =
        instruction_names().chain(["mvo", ".var x", ".main", ".a", "#= x", "#: threads 2", "#: end x == 1"]).collect();
    let operands =
        ["$1", "$-2147483648", "%ax", "%sp", "x", "2000", "-1(%ax,%bx,4)", "(,,)", ".a", ".main", "1000", "(%sp)"];
    let operand = prop::sample::select(operands.to_vec());
    let line = (prop::sample::select(names), prop::collection::vec(operand, 0..3))
        .prop_map(|(name, operands)| format!("{name} {}", operands.join(", ")));
    prop::collection::vec(line, 0..12).prop_map(|lines| format!(".var x\n.a\n{}\n", lines.join("\n")))
}

/// Programs of which at least some can be read: from instructions that are right by themselves.
fn programs() -> impl Strategy<Value = String> {
    let lines = [
        "mov $3, %ax",
        "mov x, %ax",
        "mov %ax, x",
        "add $1, %ax",
        "sub $1, %bx",
        "test $0, %bx",
        "jgt .a",
        "je .b",
        "j .b",
        "call .b",
        "ret",
        "push %ax",
        "pop %bx",
        "pop",
        "xchg %ax, x",
        "fetchadd %bx, x",
        "yield",
        "nop",
        "halt",
        "neg %ax",
        "mul %ax, %ax",
        "lea 4(%ax,%bx,2), %cx",
        "mov (%cx), %dx",
        "mov $1, (%sp)",
        "mov $0, %sp",
    ];
    prop::collection::vec(prop::sample::select(lines.to_vec()), 1..14).prop_map(|mut lines| {
        lines.insert(lines.len() / 2, ".b");
        format!(".var x\n.a\n{}", lines.join("\n"))
    })
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,80}|[a-z.$%(),0-9 \n#-]{0,120}") {
        run(&text);
    }

    #[test]
    fn no_program_is_too_strange(text in texts()) {
        run(&text);
    }

    #[test]
    fn no_instructions_are_too_strange(text in programs()) {
        prop_assert!(run(&text));
    }

    #[test]
    fn library_programs_with_a_line_changed_are_not_too_strange(
        entry in prop::sample::select(library::PROGRAMS.to_vec()), line in 0_usize..40, text in "[a-z.$%(),0-9 ]{0,12}",
    ) {
        let mut lines: Vec<_> = entry.text.lines().collect();
        let line = line % lines.len();
        lines[line] = &text;
        run(&lines.join("\n"));
    }
}

/// Runs a text if it is a program. Returns whether it is.
fn run(text: &str) -> bool {
    let Ok(program) = Program::parse(text) else { return false };
    let setup = Setup::of(&program);
    if let Ok(machine) = Machine::new(Rc::new(program), &setup) {
        let mut session = Session::new(machine, Timer { interval: 3, seed: Some(1) });
        session.advance_by(200);
        for thread in 0..session.machine().threads() {
            assert!(!session.frames(thread).is_empty());
        }
        while session.back().is_some() {}
    }
    true
}
