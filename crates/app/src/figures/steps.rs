//! Where arrow keys lead in a drawing.

use interleave_trace::figure::Spot;

/// The spot that a key leads to from `from`: the next or previous one, the nearest above or below, the first or last,
/// or none. `None` if the key does nothing.
pub(super) fn step(spots: &[Spot], from: Option<usize>, key: &str) -> Option<Option<usize>> {
    let last = spots.len().checked_sub(1)?;
    let at = from.filter(|at| *at <= last);
    let to = match (key, at) {
        ("Escape", at) => return at.map(|_| None),
        ("Home", _) | ("ArrowRight" | "ArrowDown" | "ArrowLeft" | "ArrowUp", None) => 0,
        ("End", _) => last,
        ("ArrowRight", Some(at)) => (at + 1).min(last),
        ("ArrowLeft", Some(at)) => at.saturating_sub(1),
        ("ArrowDown", Some(at)) => beyond(spots, at, 1.0).unwrap_or(at),
        ("ArrowUp", Some(at)) => beyond(spots, at, -1.0).unwrap_or(at),
        _ => return None,
    };
    Some(Some(to))
}

/// The nearest spot below (`way` is 1) or above (−1), preferably straight there.
fn beyond(spots: &[Spot], at: usize, way: f64) -> Option<usize> {
    let middle = |spot: &Spot| (spot.x + spot.width / 2.0, spot.y + spot.height / 2.0);
    let (x, y) = middle(&spots[at]);
    let cost = |spot: &Spot| {
        let (other_x, other_y) = middle(spot);
        let (far, aside) = ((other_y - y) * way, (other_x - x).abs());
        (far > 0.5 && aside <= 2.0 * far).then_some(far + 4.0 * aside)
    };
    let costs = spots.iter().enumerate().filter_map(|(index, spot)| Some((index, cost(spot)?)));
    costs.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two series of three points each: the second one is below the first one.
    fn spots() -> Vec<Spot> {
        let spot = |index: u32| {
            let (x, y) = (f64::from(index % 3) * 50.0, f64::from(index / 3) * 80.0 + f64::from(index % 3));
            Spot { x, y, width: 12.0, height: 12.0, text: String::new() }
        };
        (0..6).map(spot).collect()
    }

    #[test]
    fn arrows_lead_along_a_series_and_to_the_same_place_in_another() {
        let keys = [
            "ArrowUp",
            "ArrowRight",
            "ArrowDown",
            "ArrowDown",
            "ArrowLeft",
            "ArrowUp",
            "End",
            "ArrowRight",
            "Home",
            "ArrowLeft",
        ];
        let mut at = None;
        let path: Vec<_> = keys
            .iter()
            .map(|key| {
                at = step(&spots(), at, key).unwrap();
                at.unwrap()
            })
            .collect();
        assert_eq!(path, [0, 1, 4, 4, 3, 0, 5, 5, 0, 0]);
    }

    #[test]
    fn other_keys_are_left_to_the_page() {
        assert_eq!(step(&spots(), Some(1), "Escape"), Some(None));
        assert_eq!(
            [step(&spots(), None, "Escape"), step(&spots(), Some(1), "Tab"), step(&[], Some(1), "Home")],
            [None; 3]
        );
    }

    #[test]
    fn a_spot_that_is_no_more_leads_to_the_first() {
        assert_eq!(step(&spots(), Some(17), "ArrowRight"), Some(Some(0)));
    }
}
