//! The two family trees of 1986, by rule, and the net that learns them.

use ch03_backprop::family::{
    Cases, Fact, NAMES, PEOPLE, PLACES, RELATIONS, facts, is_male, name,
};
use ch03_backprop::family_net::{
    FamilyNet, OURS, Trainer, count_right, hold_out, separation, share_between,
};
use tensor::{Tensor, assert_close};

/// The names of the answers to one question.
fn ask(person: &str, relation: &str) -> Vec<&'static str> {
    let is = |f: &&Fact| name(f.person) == person && RELATIONS[f.relation] == relation;
    let fact = facts().iter().find(is).cloned();
    let mut names: Vec<_> =
        fact.map_or(vec![], |f| f.answers.iter().map(|&a| name(a)).collect());
    names.sort();
    names
}

#[test]
fn the_trees_imply_104_questions_with_112_answers() {
    let facts = facts();
    assert_eq!(facts.len(), 104);
    let english = facts.iter().filter(|f| f.person < PLACES).count();
    assert_eq!(english, 52);
    assert_eq!(facts.iter().map(|f| f.answers.len()).sum::<usize>(), 112);
    assert_eq!(facts.iter().filter(|f| f.answers.len() == 2).count(), 8);
}

#[test]
fn the_italians_are_related_as_the_english_are() {
    let all = facts();
    let (english, italians) = all.split_at(52);
    for (e, i) in english.iter().zip(italians) {
        assert_eq!((e.person + PLACES, e.relation), (i.person, i.relation));
        let moved: Vec<_> = e.answers.iter().map(|a| a + PLACES).collect();
        assert_eq!(moved, i.answers);
    }
}

#[test]
fn the_relations_are_those_of_the_drawn_trees() {
    assert_eq!(ask("Colin", "aunt"), ["Jennifer", "Margaret"]);
    assert_eq!(ask("Colin", "father"), ["James"]);
    assert_eq!(ask("Colin", "mother"), ["Victoria"]);
    assert_eq!(ask("Charlotte", "uncle"), ["Arthur", "Charles"]);
    assert_eq!(ask("Margaret", "nephew"), ["Colin"]);
    assert_eq!(ask("Arthur", "sister"), ["Victoria"]);
    assert_eq!(ask("Penelope", "son"), ["Arthur"]);
    assert_eq!(ask("Andrew", "daughter"), ["Jennifer"]);
    assert_eq!(ask("Tomaso", "wife"), ["Angela"]);
    assert_eq!(ask("Sophia", "brother"), ["Alfonso"]);
    assert!(ask("Christopher", "father").is_empty());
    assert!(ask("Margaret", "sister").is_empty());
}

#[test]
fn relations_that_mirror_each_other_agree() {
    let mirrored = [
        (["father", "mother"], ["son", "daughter"]),
        (["husband", "wife"], ["husband", "wife"]),
        (["uncle", "aunt"], ["nephew", "niece"]),
        (["brother", "sister"], ["brother", "sister"]),
    ];
    for fact in facts() {
        let relation = RELATIONS[fact.relation];
        for &answer in &fact.answers {
            assert_eq!(is_male(answer % PLACES), fact.relation % 2 == 0);
            let pair = mirrored.iter().find_map(|(a, b)| {
                if a.contains(&relation) {
                    Some(b)
                } else {
                    b.contains(&relation).then_some(a)
                }
            });
            let back = pair.expect("every relation stands in the list");
            let back = back[usize::from(!is_male(fact.person % PLACES))];
            let said = ask(name(answer), back);
            assert!(said.contains(&name(fact.person)), "{fact:?}");
        }
    }
}

#[test]
fn twenty_four_names_and_no_name_twice() {
    let mut names: Vec<_> = NAMES.iter().flat_map(|n| [n.0, n.1]).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), PEOPLE);
}

#[test]
fn held_out_facts_are_not_trained() {
    let all = facts();
    let (trained, held) = hold_out(&all, 4, 1);
    assert_eq!((trained.len(), held.len()), (100, 4));
    assert!(held.iter().all(|fact| !trained.contains(fact)));
}

#[test]
fn the_gradient_agrees_with_central_differences() {
    let (trained, _) = hold_out(&facts(), 94, 3);
    let cases = Cases::of(&trained); // ten questions
    let net = Trainer::new(OURS, 3).net;
    let error =
        |net: &FamilyNet| FamilyNet::error(&net.forward(&cases), &cases.targets);
    let slopes = error(&net).backward()[&net.person.weights].to_vec();
    let weights = net.person.weights.to_vec();
    for place in [0, 7, 50, 100, 143] {
        let moved = |by: f32| {
            let mut weights = weights.clone();
            weights[place] += by;
            let mut net = net.clone();
            net.person.weights = Tensor::from_vec(weights, &[PEOPLE, 6]);
            error(&net).item()
        };
        let measured = (moved(0.05) - moved(-0.05)) / 0.1;
        assert!(
            (measured - slopes[place]).abs() < 2e-3,
            "{place}: {measured} and {}",
            slopes[place]
        );
    }
}

#[test]
fn outputs_near_their_targets_cost_nothing() {
    let outputs = Tensor::from([[0.9, 0.7, 0.1, 0.3]]);
    let targets = Tensor::from([[1.0, 1.0, 0.0, 0.0]]);
    assert_close!(FamilyNet::error(&outputs, &targets), 0.09, 1e-6);
}

#[test]
fn the_net_learns_the_trained_facts() {
    let (trained, _) = hold_out(&facts(), 4, 1);
    let cases = Cases::of(&trained);
    let mut trainer = Trainer::new(OURS, 1);
    let errors: Vec<f32> = (0..600).map(|_| trainer.sweep(&cases)).collect();
    let (first, last) = (errors[20], errors[599]);
    assert!(last < 0.8 * first, "{first} -> {last}");
    let right = count_right(&trainer.net, &cases);
    assert!(right.best >= right.strict && right.best > 15, "{right:?}");
}

#[test]
fn measures_of_a_code() {
    assert_eq!(separation(&[1.0, 2.0, 3.0, 4.0]), 1.0);
    assert_eq!(separation(&[1.0, 3.0, 2.0, 4.0]), 0.75);
    assert_eq!(share_between(&[1.0, 1.0, 3.0, 3.0], &[0, 0, 1, 1]), 1.0);
    assert_eq!(share_between(&[1.0, 3.0, 1.0, 3.0], &[0, 0, 1, 1]), 0.0);
}
