//! Each instruction and each form of address, as a table of what registers and memory hold after each step.

use interleave_machine::{
    Fault, Machine, Program, Register, Session, Setup, Sharing, Status, Timer, Watch, arguments, trace,
};
use std::rc::Rc;

/// Runs one thread and compares the table with what it should be: a line for each step, indented as is convenient.
fn traced(source: &str, given: &str, places: &str, registers: &str, expected: &str) {
    let program = Rc::new(Program::parse(source).unwrap());
    let setup = Setup { threads: 1, arguments: arguments(given).unwrap(), ..Setup::default() };
    let machine = Machine::new(program.clone(), &setup).unwrap();
    let watch = Watch::parse(places, registers, &program).unwrap();
    let mut session = Session::new(machine.clone(), Timer::default());
    session.advance_by(1000);
    let table = trace::table(&machine, &session, &watch, false);
    let lines = |text: &str| -> Vec<String> {
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        text.lines().map(words).filter(|line| !line.is_empty()).collect()
    };
    let table: Vec<_> = lines(&table).split_off(2);
    assert_eq!(table, lines(expected), "\n{table:#?}");
}

#[test]
fn mov_goes_from_left_to_right_between_registers_and_memory() {
    traced(
        "mov $5, %ax\nmov %ax, %bx\nmov %bx, 2000\nmov $-7, 2001\nmov 2001, %cx\nhalt",
        "",
        "2000,2001",
        "ax,bx,cx",
        "0 0 5 0 0   1000 mov $5, %ax
         0 0 5 5 0   1001 mov %ax, %bx
         5 0 5 5 0   1002 mov %bx, 2000
         5 -7 5 5 0  1003 mov $-7, 2001
         5 -7 5 5 -7 1004 mov 2001, %cx
         5 -7 5 5 -7 1005 halt",
    );
}

#[test]
fn every_form_of_address_is_number_plus_registers() {
    // Each address with registers for which it is 2012.
    for (address, registers) in [
        ("2012", "ax=9"),
        ("(%ex)", "ex=2012"),
        ("2000(%ax)", "ax=12"),
        ("-8(%dx)", "dx=2020"),
        ("2001(%bx,%cx)", "bx=1:cx=10"),
        ("2000(%bx,%ax,0)", "bx=12:ax=99"),
        ("1980(%bx,%cx,3)", "bx=2:cx=10"),
        ("2028(%bx,%cx,-2)", "bx=4:cx=10"),
        ("2000(,%cx)", "cx=12"),
        ("1982(,%cx,3)", "cx=10"),
        ("2012(,,2)", "ax=9"),
        ("2000(%ax,,2)", "ax=12"),
        ("there", "ax=9"),
        ("there(%ax)", "ax=0"),
        ("there(%bx,%cx,4)", "bx=-8:cx=2"),
        (" - 8 ( %dx , , - 4 ) ", "dx=2020"),
    ] {
        let source =
            format!(".var here 478\n.var there 3\nmov $1, {address}\nmov {address}, %sp\nlea {address}, %fx\nhalt");
        let program = Rc::new(Program::parse(&source).unwrap_or_else(|errors| panic!("{address}: {errors:?}")));
        let setup = Setup { threads: 1, arguments: arguments(registers).unwrap(), load: 3000, ..Setup::default() };
        let mut machine = Machine::new(program, &setup).unwrap();
        while machine.step(0).is_some() {}
        let context = machine.context(0);
        assert!(machine.has_halted(), "{address}: {:?}", machine.fault());
        assert_eq!((machine.cell(0, 2012), context[Register::Sp], context[Register::Fx]), (1, 1, 2012), "{address}");
    }
}

#[test]
fn arithmetic_is_of_32_bits_and_wraps() {
    traced(
        "add $2, %ax\nadd %ax, %bx\nsub $10, %ax\nsub %bx, %ax\nmul $3, %bx\nmul %bx, %bx\nneg %bx\nadd $1, %cx\nhalt",
        "ax=1:bx=2:cx=2147483647",
        "",
        "ax,bx,cx",
        "3 2 2147483647    1000 add $2, %ax
         3 5 2147483647    1001 add %ax, %bx
         -7 5 2147483647   1002 sub $10, %ax
         -12 5 2147483647  1003 sub %bx, %ax
         -12 15 2147483647 1004 mul $3, %bx
         -12 225 2147483647 1005 mul %bx, %bx
         -12 -225 2147483647 1006 neg %bx
         -12 -225 -2147483648 1007 add $1, %cx
         -12 -225 -2147483648 1008 halt",
    );
}

#[test]
fn indivisible_instructions_return_what_was_there() {
    traced(
        ".var lock 2\nmov $1, %ax\nxchg %ax, lock\nmov $5, %bx\nfetchadd %bx, lock\nmov $4, %cx\nxchg %bx, 100(,%cx,1)\nhalt",
        "",
        "lock,104",
        "ax,bx",
        "0 0 1 0 1000 mov $1, %ax
         1 0 0 0 1001 xchg %ax, lock
         1 0 0 5 1002 mov $5, %bx
         6 0 0 1 1003 fetchadd %bx, lock
         6 0 0 1 1004 mov $4, %cx
         6 1 0 0 1005 xchg %bx, 100(,%cx,1)
         6 1 0 0 1006 halt",
    );
}

#[test]
fn a_jump_is_taken_by_what_the_second_value_is_to_the_first() {
    // For each jump, whether it is taken when the second value is less than the first, equal, greater; and before any test.
    for (jump, taken) in [
        ("j", [true, true, true, true]),
        ("je", [false, true, false, false]),
        ("jne", [true, false, true, false]),
        ("jlt", [true, false, false, false]),
        ("jlte", [true, true, false, false]),
        ("jgt", [false, false, true, false]),
        ("jgte", [false, true, true, false]),
    ] {
        let tests = ["test $5, %ax", "test $4, %ax", "test $3, %ax", "nop"];
        let others = ["test %bx, $4", "test %bx, $5", "test %bx, $6", "nop"];
        for (test, taken) in tests.into_iter().zip(taken).chain(others.into_iter().zip(taken)) {
            let source = format!("{test}\n{jump} .there\nhalt\n.there\nmov $1, %dx\nhalt");
            let setup = Setup { threads: 1, arguments: arguments("ax=4:bx=5").unwrap(), ..Setup::default() };
            let mut machine = Machine::new(Rc::new(Program::parse(&source).unwrap()), &setup).unwrap();
            while machine.step(0).is_some() {}
            let dx = machine.context(0)[Register::Dx];
            assert_eq!(dx == 1, taken, "{test}; {jump}");
        }
    }
}

#[test]
fn the_stack_grows_down_by_four_and_calls_leave_their_way_back_on_it() {
    traced(
        ".main\nmov $7, %ax\npush %ax\npush 300(%ax)\ncall .f\npop\npop %bx\nhalt\n.f\nmov 8(%sp), %cx\nnop\nret",
        "",
        "127996,127992,127988",
        "bx,cx,sp",
        "0 0 0 0 0 128000       1000 mov $7, %ax
         7 0 0 0 0 127996       1001 push %ax
         7 307 0 0 0 127992     1002 push 300(%ax)
         7 307 1004 0 0 127988  1003 call .f
         7 307 1004 0 7 127988  1007 mov 8(%sp), %cx
         7 307 1004 0 7 127988  1008 nop
         7 307 1004 0 7 127992  1009 ret
         7 307 1004 0 7 127996  1004 pop
         7 307 1004 7 7 128000  1005 pop %bx
         7 307 1004 7 7 128000  1006 halt",
    );
}

#[test]
fn condition_codes_are_shown_as_in_the_book() {
    let program = Rc::new(Program::parse("test $0, %ax\ntest $1, %ax\nhalt").unwrap());
    let machine = Machine::new(program, &Setup { threads: 1, ..Setup::default() }).unwrap();
    let mut session = Session::new(machine.clone(), Timer::default());
    session.advance_by(9);
    let table = trace::table(&machine, &session, &Watch::default(), true);
    let expected = [
        " >= >  <= <  != ==  Thread 0",
        " 0  0  0  0  0  0",
        " 1  0  1  0  0  1   1000 test $0, %ax",
        " 0  0  1  1  1  0   1001 test $1, %ax",
        " 0  0  1  1  1  0   1002 halt",
    ];
    assert_eq!(table.lines().collect::<Vec<_>>(), expected);
}

/// How a single thread ends.
fn end(source: &str) -> Status {
    let program = Rc::new(Program::parse(source).unwrap());
    let mut machine = Machine::new(program, &Setup { threads: 1, ..Setup::default() }).unwrap();
    for _ in 0..10_000 {
        if machine.step(0).is_none() {
            break;
        }
    }
    machine.block(0).status
}

#[test]
fn what_cannot_be_done_is_told_as_what_it_is() {
    let fault = |source: &str| match end(source) {
        Status::Faulted(fault) => fault,
        other => panic!("{source}: {other:?}"),
    };
    assert_eq!(fault("mov 131072, %ax"), Fault::Wild(131_072));
    assert_eq!(fault("mov $1, -4"), Fault::Wild(-4));
    assert_eq!(fault("mov $2147483647, %ax\nmov 1(%ax), %bx"), Fault::Wild(i32::MIN));
    assert_eq!(fault("mov 1001, %ax\nhalt"), Fault::Code(1001));
    assert_eq!(fault("mov $1, 1000"), Fault::Code(1000));
    assert_eq!(fault("xchg %ax, 1000"), Fault::Code(1000));
    assert_eq!(fault(".f\ncall .f"), Fault::StackOverflow);
    assert_eq!(fault("pop %ax"), Fault::StackEmpty);
    assert_eq!(fault("ret"), Fault::StackEmpty);
    assert_eq!(fault("nop"), Fault::PastEnd);
    assert_eq!(fault("j .end\nhalt\n.end"), Fault::PastEnd);
    assert_eq!(fault("mov $5, %ax\npush %ax\nret"), Fault::NoCode(5));
    assert_eq!(end("mov 131071, %ax\nmov 1002, %bx\nhalt".replace("1002", "1003").as_str()), Status::Halted);
}

#[test]
fn a_stack_holds_250_values() {
    let source = |pushes: usize| format!("{}halt", "push %ax\n".repeat(pushes));
    assert_eq!(end(&source(250)), Status::Halted);
    assert_eq!(end(&source(251)), Status::Faulted(Fault::StackOverflow));
}

#[test]
fn a_fault_ends_its_process_and_no_other() {
    let program = Rc::new(Program::parse("test $1, %ax\nje .wild\nnop\nhalt\n.wild\nmov $1, -1").unwrap());
    for (sharing, goes_on) in [(Sharing::Memory, false), (Sharing::Nothing, true)] {
        let setup = Setup { arguments: arguments("ax=0,ax=1").unwrap(), sharing, ..Setup::default() };
        let mut machine = Machine::new(program.clone(), &setup).unwrap();
        (0..3).for_each(|_| assert!(machine.step(1).is_some()));
        assert_eq!((machine.fault(), machine.can_run(0)), (Some((1, Fault::Wild(-1))), goes_on));
        assert!(machine.step(1).is_none());
    }
}

#[test]
fn threads_share_memory_and_processes_have_the_same_addresses_for_themselves() {
    let source = ".var x\nmov x, %ax\nadd $1, %ax\nmov %ax, x\npush %ax\nhalt";
    let run = |sharing| {
        let setup = Setup { sharing, ..Setup::default() };
        let machine = Machine::new(Rc::new(Program::parse(source).unwrap()), &setup).unwrap();
        let mut session = Session::new(machine, Timer::default());
        session.advance_by(100);
        session.machine().clone()
    };
    let sp = Register::Sp;
    let threads = run(Sharing::Memory);
    assert_eq!((threads.spaces(), threads.cell(0, 100)), (1, 2));
    assert_eq!((threads.context(0)[sp], threads.context(1)[sp]), (127_996, 126_996));
    let processes = run(Sharing::Nothing);
    assert_eq!((processes.spaces(), processes.cell(0, 100), processes.cell(1, 100)), (2, 1, 1));
    assert_eq!((processes.context(0)[sp], processes.context(1)[sp]), (127_996, 127_996));
    // The page of x and the page of the stack, in frames of their own for each process.
    let frames = |space| processes.memory().table(space).flatten().collect::<Vec<_>>();
    assert_eq!((frames(0), frames(1)), (vec![0, 1], vec![2, 3]));
}
