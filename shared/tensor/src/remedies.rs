//! What probably went wrong where shapes do not fit: the ends of messages.
//!
//! Each guess looks for a shape that would have fitted and names the call that makes it. Where
//! nothing fits, the words are empty: a wrong guess sends the reader the wrong way.

use crate::shape::broadcast;

/// For two shapes that do not broadcast: numbers for the first axes or for one in the middle,
/// such as a bias per channel, or a matrix that lies the other way round.
pub(crate) fn of_broadcast(a: &[usize], b: &[usize]) -> String {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if long.len() == short.len() {
        return of_turned(a, b);
    }
    let (axes, first) = match (long.starts_with(short), short) {
        (true, _) => ("the first axes".to_string(), 0),
        (false, [length]) => match long.iter().position(|other| other == length) {
            Some(axis) => (format!("axis {axis}"), axis),
            None => return String::new(),
        },
        _ => return String::new(),
    };
    let mut stretched = short.to_vec();
    stretched.resize(long.len() - first, 1);
    let way = match short {
        [_] if first > 0 => format!("reshape(&{stretched:?})"),
        _ => "reshape or unsqueeze, or keep the axis with Keep::Yes where it was reduced".into(),
    };
    format!(
        "; the {short:?} may belong to {axes} of {long:?}: give it the shape {stretched:?} with {way}"
    )
}

/// For two shapes of the same rank that fit once the last axes of the second are swapped.
fn of_turned(a: &[usize], b: &[usize]) -> String {
    let mut turned = b.to_vec();
    let rank = turned.len();
    if rank < 2 {
        return String::new();
    }
    turned.swap(rank - 2, rank - 1);
    match broadcast(a, &turned) {
        Some(_) => format!("; the second may be stored the other way round: its t() is {turned:?}"),
        None => String::new(),
    }
}

/// For a `shape` that does not broadcast to the one asked for.
pub(crate) fn of_broadcast_to(shape: &[usize], to: &[usize]) -> String {
    match broadcast(shape, to) {
        Some(fits) if fits == shape => format!("; to sum down to {to:?}, use sum_to"),
        Some(fits) => format!("; both would fit into {fits:?}"),
        None => of_broadcast(shape, to),
    }
}

/// For numbers of shape `from` that do not fill the shape `to`: a batch of another length, or
/// no batch axis at all.
pub(crate) fn of_reshape(from: &[usize], to: &[usize]) -> String {
    let (have, want): (usize, usize) = (from.iter().product(), to.iter().product());
    if have == 0 || want == 0 {
        return String::new();
    }
    // In place of the length at this axis, the length that the others leave.
    let other = |axis: usize| {
        let rest = want / to[axis];
        have.is_multiple_of(rest).then(|| {
            let mut fitting = to.to_vec();
            fitting[axis] = have / rest;
            fitting
        })
    };
    if let (Some(&rows), false) = (from.first(), to.is_empty())
        && let Some(fitting) = other(0).filter(|fitting| fitting[0] == rows)
    {
        return format!("; the batch has {rows} rows: try reshape(&{fitting:?})");
    }
    if have.is_multiple_of(want) {
        let fitting = [&[have / want], to].concat();
        return format!("; the batch axis may be missing: try reshape(&{fitting:?})");
    }
    match (0..to.len()).find_map(|axis| Some((axis, other(axis)?))) {
        Some((axis, fitting)) => {
            format!("; with {} at axis {axis} it would fit", fitting[axis])
        }
        None => String::new(),
    }
}

/// For shapes put together along `axis` of which one has an axis more than the other.
/// `first` is the shape of the first tensor, `odd` that of the one that does not fit.
pub(crate) fn of_concat(axis: usize, first: &[usize], odd: &[usize]) -> String {
    // With an axis of length 1 put in at `axis`, does one fit the other?
    let fits = |short: &[usize], long: &[usize]| {
        let mut grown = short.to_vec();
        grown.insert(axis.min(short.len()), 1);
        let pairs = grown.iter().zip(long).enumerate();
        grown.len() == long.len() && pairs.into_iter().all(|(i, (a, b))| i == axis || a == b)
    };
    match (fits(odd, first), fits(first, odd)) {
        (true, _) => format!("; unsqueeze({axis}) gives {odd:?} the missing axis"),
        (_, true) => format!("; unsqueeze({axis}) gives {first:?} the missing axis"),
        _ if odd == first.get(1..).unwrap_or(&[]) || first == odd.get(1..).unwrap_or(&[]) => {
            "; one of them has a batch axis more: unsqueeze(0) adds one".to_string()
        }
        _ => String::new(),
    }
}

/// For shapes to be stacked of which one has an axis of length 1 more, or holds several.
pub(crate) fn of_stack(axis: usize, first: &[usize], odd: &[usize]) -> String {
    let (long, short) = if odd.len() > first.len() { (odd, first) } else { (first, odd) };
    if long.len() != short.len() + 1 {
        return String::new();
    }
    let without = |axis: usize| [&long[..axis], &long[axis + 1..]].concat();
    match (0..long.len()).find(|&i| long[i] == 1 && without(i) == short) {
        Some(extra) => format!("; squeeze({extra}) takes the axis of length 1 from {long:?}"),
        None if axis < long.len() && without(axis) == short => format!(
            "; {long:?} holds several already: unsqueeze({axis}) the {short:?}, then concat"
        ),
        None => String::new(),
    }
}

/// For matrices of shapes `a` and `b` that have no product.
pub(crate) fn of_matmul(a: &[usize], b: &[usize]) -> String {
    match (a, b) {
        ([], _) | (_, []) => "; to scale by a single number, use *".to_string(),
        (&[.., k], &[.., n, other_k]) if k == other_k => {
            format!("; the second may be stored as [N={n}, K={k}]: try a.matmul(&b.t())")
        }
        (&[k, m], &[other_k, ..]) if k == other_k => {
            format!("; the first may be stored as [K={k}, M={m}]: try a.t().matmul(&b)")
        }
        (&[k, _], &[_, n]) if k == n => "; swapped they fit: try b.matmul(&a)".to_string(),
        (a, &[k] | &[k, _]) => of_flat(a, k),
        _ => String::new(),
    }
}

/// For a first tensor whose numbers would make rows of `k` under another shape: one example
/// without its batch axis, or pictures that were not flattened.
fn of_flat(a: &[usize], k: usize) -> String {
    let count: usize = a.iter().product();
    if k == 0 || count == 0 || !count.is_multiple_of(k) {
        return String::new();
    }
    let rows = count / k;
    if rows == 1 {
        format!("; the first holds one example without a batch axis: try a.reshape(&[1, {k}])")
    } else {
        format!("; the first holds {rows} rows of {k}: try a.reshape(&[{rows}, {k}])")
    }
}
