//! Two family trees of the same shape, and what follows from them (page *Two families of the
//! same shape*).
//!
//! Dimension key: N questions (104 of them), 24 people, 12 relations.
//!
//! Source: Rumelhart, Hinton and Williams, "Learning representations by back-propagating
//! errors", Nature 323 (1986), figure 2.

use tensor::Tensor;

/// People in one tree.
pub const PLACES: usize = 12;
/// People in both: the English first, then the Italians in the same order.
pub const PEOPLE: usize = 2 * PLACES;

/// Who stands in each place, grandparents first: English, Italian.
pub const NAMES: [(&str, &str); PLACES] = [
    ("Christopher", "Roberto"),
    ("Penelope", "Maria"),
    ("Andrew", "Pierro"),
    ("Christine", "Francesca"),
    ("Margaret", "Gina"),
    ("Arthur", "Emilio"),
    ("Victoria", "Lucia"),
    ("James", "Marco"),
    ("Jennifer", "Angela"),
    ("Charles", "Tomaso"),
    ("Colin", "Alfonso"),
    ("Charlotte", "Sophia"),
];

// ANCHOR: tree
/// Husband and wife.
pub const COUPLES: [(usize, usize); 5] = [(0, 1), (2, 3), (5, 4), (7, 6), (9, 8)];

/// A couple's place in the list above, with their son and their daughter.
pub const CHILDREN: [(usize, [usize; 2]); 3] =
    [(0, [5, 6]), (1, [7, 8]), (3, [10, 11])];
// ANCHOR_END: tree

fn parents(person: usize) -> Vec<usize> {
    let home = CHILDREN.iter().find(|(_, kids)| kids.contains(&person));
    let couple = home.map(|(couple, _)| COUPLES[*couple]);
    couple.map_or(vec![], |(husband, wife)| vec![husband, wife])
}

fn spouse(person: usize) -> Vec<usize> {
    let other = |(h, w): &(usize, usize)| match person {
        p if p == *h => Some(*w),
        p if p == *w => Some(*h),
        _ => None,
    };
    COUPLES.iter().find_map(other).into_iter().collect()
}

fn children(person: usize) -> Vec<usize> {
    let all = 0..PLACES;
    all.filter(|&p| parents(p).contains(&person)).collect()
}

fn siblings(person: usize) -> Vec<usize> {
    let (all, home) = (0..PLACES, parents(person));
    let same = |p: &usize| !home.is_empty() && *p != person && parents(*p) == home;
    all.filter(same).collect()
}

/// Whether the person in this place is a man.
pub fn is_male(place: usize) -> bool {
    COUPLES.iter().any(|couple| couple.0 == place)
        || CHILDREN.iter().any(|(_, kids)| kids[0] == place)
}

/// The relations.
pub const RELATIONS: [&str; 12] = [
    "father", "mother", "husband", "wife", "son", "daughter", "uncle", "aunt",
    "brother", "sister", "nephew", "niece",
];

// ANCHOR: rules
/// Everybody in one tree who is this `relation` of `person`.
///
/// # Panics
/// If `relation` is not below 12.
pub fn relatives(person: usize, relation: usize) -> Vec<usize> {
    let each = |people: Vec<usize>, of: fn(usize) -> Vec<usize>| -> Vec<usize> {
        people.into_iter().flat_map(of).collect()
    };
    let kin = match RELATIONS[relation] {
        "father" | "mother" => parents(person),
        "husband" | "wife" => spouse(person),
        "son" | "daughter" => children(person),
        "brother" | "sister" => siblings(person),
        "uncle" | "aunt" => {
            let by_blood = each(parents(person), siblings);
            [by_blood.clone(), each(by_blood, spouse)].concat()
        }
        _ => {
            let by_marriage = each(spouse(person), siblings);
            each([siblings(person), by_marriage].concat(), children)
        }
    };
    // In the list of relations, the male one of each pair comes first.
    let male = relation.is_multiple_of(2);
    kin.into_iter().filter(|&p| is_male(p) == male).collect()
}
// ANCHOR_END: rules

/// A question with its answers, all people by their number from 0 to 23.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Whose relative is asked for.
    pub person: usize,
    /// Which, a place in [`RELATIONS`].
    pub relation: usize,
    /// The right answers, at least one.
    pub answers: Vec<usize>,
}

/// Everything that both trees imply, the English tree first.
pub fn facts() -> Vec<Fact> {
    let mut facts = Vec::new();
    for tree in [0, PLACES] {
        for place in 0..PLACES {
            for relation in 0..RELATIONS.len() {
                let answers = relatives(place, relation);
                if !answers.is_empty() {
                    facts.push(Fact {
                        person: place + tree,
                        relation,
                        answers: answers.iter().map(|p| p + tree).collect(),
                    });
                }
            }
        }
    }
    facts
}

/// The name of a person from 0 to 23.
pub fn name(person: usize) -> &'static str {
    let (english, italian) = NAMES[person % PLACES];
    if person < PLACES { english } else { italian }
}

/// Facts as a net sees them.
#[derive(Clone, Debug)]
pub struct Cases {
    /// One unit for each person, `[N, 24]`.
    pub people: Tensor,
    /// One unit for each relation, `[N, 12]`.
    pub relations: Tensor,
    /// 1 for each right answer, `[N, 24]`.
    pub targets: Tensor,
}

impl Cases {
    /// The cases of these facts.
    pub fn of(facts: &[Fact]) -> Cases {
        let people: Vec<usize> = facts.iter().map(|f| f.person).collect();
        let relations: Vec<usize> = facts.iter().map(|f| f.relation).collect();
        let mut targets = vec![0.0; facts.len() * PEOPLE];
        for (row, fact) in facts.iter().enumerate() {
            for answer in &fact.answers {
                targets[row * PEOPLE + answer] = 1.0;
            }
        }
        Cases {
            people: Tensor::one_hot(&people, PEOPLE),
            relations: Tensor::one_hot(&relations, RELATIONS.len()),
            targets: Tensor::from_vec(targets, &[facts.len(), PEOPLE]),
        }
    }
}

/// What a property says of each place in a tree; `None` where it says nothing.
pub type Property = fn(usize) -> Option<usize>;

/// The generation of a place: 0 for grandparents, 2 for grandchildren.
pub fn generation(place: usize) -> Option<usize> {
    Some(match place {
        0..4 => 0,
        4..10 => 1,
        _ => 2,
    })
}

/// The branch of a place: 0 for the family of the first couple, 1 for that of the second.
/// The two grandchildren are of both, so they are left out.
pub fn branch(place: usize) -> Option<usize> {
    match place {
        0 | 1 | 4 | 5 | 6 => Some(0),
        2 | 3 | 7 | 8 | 9 => Some(1),
        _ => None,
    }
}
