//! Exercises 3.2, 3.3 and 3.10: slopes along the arrows of a graph.

use ch03_backprop::chain::Arrow;
use lesson::exercise::Exercise;

use crate::{answer, close_each};

#[test]
fn ex3_02_slopes_on_graph() {
    let ex = Exercise::load("3.2");
    #[rustfmt::skip]
    let cases = [
        ("all five slopes are 1: as many as there are paths", [1.0; 5], [3.0, 2.0, 1.0]),
        ("only the way x, u, v, f", [2.0, 0.0, 3.0, 0.0, 5.0], [30.0, 15.0, 5.0]),
        ("only the way x, u, f", [2.0, 0.0, 0.0, 7.0, 0.0], [14.0, 7.0, 0.0]),
        ("only the way x, v, f", [0.0, 3.0, 0.0, 0.0, 5.0], [15.0, 0.0, 5.0]),
        ("all ways, some downwards", [2.0, -1.0, 3.0, 7.0, -5.0], [-11.0, -8.0, -5.0]),
    ];
    for (what, [ux, vx, vu, fu, fv], wanted) in cases {
        let asked = ex.given(format!(
            "{what}: u_by_x = {ux}, v_by_x = {vx}, v_by_u = {vu}, f_by_u = {fu}, \
             f_by_v = {fv}"
        ));
        let got = answer::slopes_on_graph(ux, vx, vu, fu, fv);
        close_each(&asked, &got, &wanted);
    }
}

#[test]
fn ex3_03_logistic_back() {
    let ex = Exercise::load("3.3");
    for (what, y, g, wanted) in [
        ("the steepest place", 0.5, 8.0, 2.0),
        ("a quarter", 0.25, 1.0, 0.1875),
        ("three quarters, from behind −2", 0.75, -2.0, -0.375),
        ("saturated: nothing comes back", 1.0, 5.0, 0.0),
        ("saturated below", 0.0, 5.0, 0.0),
        ("nothing comes from behind", 0.5, 0.0, 0.0),
    ] {
        let asked = ex.given(format!("{what}: y = {y}, g = {g}"));
        asked.close(answer::logistic_back(y, g), wanted, 1e-9);
    }
}

/// Arrows of slope 1.
fn arrows(pairs: &[(usize, usize)]) -> Vec<Arrow> {
    let arrow = |&(from, to): &(usize, usize)| Arrow {
        from,
        to,
        slope: 1.0,
    };
    pairs.iter().map(arrow).collect()
}

#[test]
fn ex3_10_step1_order() {
    let ex = Exercise::load("3.10").step("1: each node after its inputs");
    type Case<'a> = (&'a str, usize, &'a [(usize, usize)]);
    #[rustfmt::skip]
    let cases: [Case; 7] = [
        ("arrows to smaller numbers", 3, &[(2, 0), (0, 1), (2, 1)]),
        ("a short way and a long way", 5, &[(0, 4), (0, 1), (1, 2), (2, 3), (3, 4)]),
        ("arrows listed from the end", 4, &[(2, 3), (1, 2), (0, 1), (0, 3)]),
        ("two arrows that are alike", 2, &[(1, 0), (1, 0)]),
        ("parts without a connection", 5, &[(4, 1), (3, 0)]),
        ("no arrows", 3, &[]),
        ("no nodes", 0, &[]),
    ];
    for (what, nodes, pairs) in cases {
        let asked = ex.given(format!("{what}: {nodes} nodes, arrows {pairs:?}"));
        let got = answer::order(nodes, &arrows(pairs));
        asked.holds(got.is_some(), "there is an order");
        let got = got.unwrap_or_default();
        let mut sorted = got.clone();
        sorted.sort_unstable();
        let each_once = format!("{got:?} has each node once");
        asked.holds(sorted.into_iter().eq(0..nodes), each_once);
        let place = |node: usize| got.iter().position(|&n| n == node);
        for &(from, to) in pairs {
            let words = format!("{from} stands before {to} in {got:?}");
            asked.holds(place(from) < place(to), words);
        }
    }
}

#[test]
fn ex3_10_step1_no_order() {
    let ex = Exercise::load("3.10").step("1: no order");
    type Case<'a> = (&'a str, usize, &'a [(usize, usize)]);
    let cases: [Case; 3] = [
        ("a ring of three", 3, &[(0, 1), (1, 2), (2, 0)]),
        ("a node computed from itself", 2, &[(0, 1), (1, 1)]),
        (
            "a ring behind a beginning",
            4,
            &[(0, 1), (1, 2), (2, 1), (2, 3)],
        ),
    ];
    for (what, nodes, pairs) in cases {
        let asked = ex.given(format!("{what}: {nodes} nodes, arrows {pairs:?}"));
        asked.equal(answer::order(nodes, &arrows(pairs)), None::<Vec<usize>>);
    }
}

#[test]
fn ex3_10_step2_gradients() {
    let ex = Exercise::load("3.10").step("2: the slope of the result by every node");
    type Case<'a> = (&'a str, usize, &'a [(usize, usize, f64)], usize, &'a [f64]);
    #[rustfmt::skip]
    let cases: [Case; 5] = [
        ("x · x at 3", 2, &[(1, 0, 3.0), (1, 0, 3.0)], 0, &[1.0, 6.0]),
        ("two ways, their slopes add up", 4,
         &[(2, 3, 5.0), (0, 1, 2.0), (1, 3, 7.0), (0, 2, -1.0)], 3, &[9.0, 7.0, 5.0, 1.0]),
        ("a short way and a long way, backwards numbers", 4,
         &[(3, 0, 10.0), (1, 0, 2.0), (2, 1, 3.0), (3, 2, 4.0)], 0, &[1.0, 2.0, 6.0, 34.0]),
        ("the result in the middle: nothing behind it matters", 3,
         &[(0, 1, 2.0), (1, 2, 3.0)], 1, &[2.0, 1.0, 0.0]),
        ("no arrows at all", 2, &[], 1, &[0.0, 1.0]),
    ];
    for (what, nodes, list, result, wanted) in cases {
        let asked = ex.given(format!(
            "{what}: {nodes} nodes, (from, to, slope) {list:?}, result {result}"
        ));
        let list = list.iter();
        let arrows: Vec<Arrow> = list
            .map(|&(from, to, slope)| Arrow { from, to, slope })
            .collect();
        let got = answer::gradients(nodes, &arrows, result);
        close_each(&asked, &got, wanted);
    }
}
