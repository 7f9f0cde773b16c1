//! URLs that have been copied from earlier versions, and stand in somebody's post: they keep their meaning. Lines are added, never changed.

use interleave_labs::compare::Args;
use interleave_labs::lab;
use interleave_labs::query::Request;

/// A query as it was copied, and the settings that it stood for.
const COPIED: [(&str, &str); 6] = [
    // 0.1: the first links.
    (
        "?lab=compare&tasks=8&sleep=200&cpu=50&jitter=0&pool=4&quantum=5&modes=sequential,one-core,pool&seed=1",
        "lab=compare&tasks=8&sleep=200&cpu=50&jitter=0&pool=4&quantum=5&modes=sequential,one-core,pool&seed=1",
    ),
    (
        "?lab=compare&tasks=8&sleep=200&autorun",
        "lab=compare&tasks=8&sleep=200&cpu=0&jitter=0&pool=8&quantum=5\
         &modes=sequential,event-loop,one-core,threads,pool,processes&seed=1",
    ),
    (
        "?tasks=64&sleep=2000&cpu=500&jitter=100&pool=32&quantum=100&modes=processes&seed=999999",
        "lab=compare&tasks=64&sleep=2000&cpu=500&jitter=100&pool=32&quantum=100&modes=processes&seed=999999",
    ),
    // A plan, as the address bar writes it and as a form would.
    (
        "?plan=s200*5&modes=pool",
        "lab=compare&tasks=5&sleep=200&cpu=0&jitter=0&pool=8&quantum=5&plan=s200*5&modes=pool&seed=1",
    ),
    (
        "?plan=c30.s200*4%2Bc120*2&modes=pool&embed&theme=dark",
        "lab=compare&tasks=6&sleep=200&cpu=0&jitter=0&pool=8&quantum=5&plan=c30.s200*4+c120*2&modes=pool&seed=1",
    ),
    (
        "?plan=c30.s200*4+c120*2&modes=pool",
        "lab=compare&tasks=6&sleep=200&cpu=0&jitter=0&pool=8&quantum=5&plan=c30.s200*4+c120*2&modes=pool&seed=1",
    ),
];

#[test]
fn they_still_open_with_the_same_settings_and_without_a_notice() {
    for (copied, settings) in COPIED {
        let (request, notices) = Request::from_query(copied, &lab("compare").unwrap().sheet(), &["compare"]);
        let args = Args::of(&request.values);
        assert_eq!(args.to_query(), settings, "{copied}");
        assert!(notices.is_empty(), "{copied}: {notices:?}");
        assert_eq!(Args::from_query(settings).0, args, "{settings}");
    }
}
