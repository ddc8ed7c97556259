//! Figures of the section `views`.

use nn::data::Labelled;
use plots::{Class, Error, Figure, Panel, Panels, Picture, Pictures, Scatter, Size};
use tensor::Tensor;

use crate::pca::Pca;
use crate::sections::views::{Map, Planted};
use crate::world::SIDE;

/// The mean picture and the first nine components.
pub(crate) fn components(pca: &Pca) -> Result<Figure, Error> {
    let pixels = pca.components.to_vec();
    let mean = Picture::signed(SIDE, &pca.mean.to_vec()).caption("mean");
    let parts = pixels.chunks(SIDE * SIDE).take(9).enumerate();
    let parts = parts.map(|(i, pixels)| {
        let share = 100.0 * pca.variances[i] / pca.total;
        Picture::signed(SIDE, pixels).caption(format!("{}: {share:.1} %", i + 1))
    });
    Pictures::new([mean].into_iter().chain(parts))
        .columns(5)
        .each_own_scale()
        .draw()
}

/// Unseen pictures rebuilt from 2, 10 and all components, and as they are.
pub(crate) fn rebuilt(pca: &Pca, held: &Labelled) -> Result<Figure, Error> {
    const SHOWN: usize = 8;
    let rows: Vec<usize> = (0..SHOWN).collect();
    let x = held.x.select(0, &rows); // [8, D]
    let places = pca.project(&x); // [8, C]
    let all = places.shape()[1];
    let mut pictures = Vec::new();
    for k in [2, 10, all] {
        let k = k.min(all);
        let pixels = pca.rebuild(&places.slice(1, 0..k)).to_vec();
        pictures.extend(pixels.chunks(SIDE * SIDE).map(|p| Picture::ink(SIDE, p)));
    }
    let pixels = x.to_vec();
    pictures.extend(pixels.chunks(SIDE * SIDE).map(|p| Picture::ink(SIDE, p)));
    let numbers = |k: usize| format!("{k} numbers");
    Pictures::new(pictures)
        .columns(SHOWN)
        .row_names([numbers(2), numbers(10), numbers(all), numbers(SIDE * SIDE)])
        .size(Size::Wide)
        .draw()
}

/// The points of each class, the class by its index.
fn scatters(places: &[[f32; 2]], classes: &[usize], shown: &[usize]) -> Vec<Scatter> {
    let of_class = |class: &usize| {
        let own = places.iter().zip(classes).filter(|(_, c)| *c == class);
        let own: Vec<[f32; 2]> = own.map(|(place, _)| *place).collect();
        Scatter::new(Class(*class), &own)
    };
    shown.iter().map(of_class).collect()
}

/// Two columns of a table as places.
fn places(table: &Tensor, count: usize) -> Vec<[f32; 2]> {
    let two = table.slice(1, 0..2).slice(0, 0..count).to_vec(); // [count, 2]
    two.chunks(2).map(|pair| [pair[0], pair[1]]).collect()
}

/// Held-out clothes by their first two components: two classes, and all ten.
pub(crate) fn pca_map(
    codes: &Tensor,
    held: &Labelled,
    names: &[String],
) -> Result<Figure, Error> {
    let count = held.len().min(600);
    let places = places(codes, count);
    let panel = |shown: &[usize], named: &[usize]| {
        let layers = scatters(&places, &held.classes[..count], shown);
        let named = layers.into_iter().zip(shown).map(|(layer, class)| {
            let layer = layer.radius(2.2);
            match named.contains(class) {
                true => layer.name(names[*class].as_str()),
                false => layer,
            }
        });
        Panel::new()
            .x("component 1", "")
            .y("component 2", "")
            .add_all(named.collect::<Vec<_>>())
    };
    let all: Vec<usize> = (0..names.len()).collect();
    // What is named on the left is not named again, or names would overlap.
    let others = [0, 2, 3, 4, 5, 6, 8];
    Panels::new([panel(&[1, 9], &[1, 9]), panel(&all, &others)])
        .columns(2)
        .shared_axes()
        .size(Size::Wide)
        .draw()
}

/// One map, each class named. Its coordinates mean nothing, so there are none.
pub(crate) fn tsne_map(
    map: &Map,
    some: &Labelled,
    names: &[String],
) -> Result<Figure, Error> {
    let all: Vec<usize> = (0..names.len()).collect();
    let layers = scatters(&map.places, &some.classes, &all).into_iter();
    let layers = layers
        .zip(names)
        .map(|(layer, name)| layer.radius(2.6).name(name.as_str()));
    Panel::new()
        .no_ticks()
        .add_all(layers.collect::<Vec<_>>())
        .draw_sized(Size::Wide)
}

/// Small multiples: perplexities, then seeds. Every third picture is drawn.
pub(crate) fn tsne_settings(maps: &[Map], some: &Labelled) -> Result<Figure, Error> {
    let all: Vec<usize> = (0..10).collect();
    let classes: Vec<usize> = some.classes.iter().step_by(3).copied().collect();
    let panels = maps.iter().map(|map| {
        let places: Vec<[f32; 2]> = map.places.iter().step_by(3).copied().collect();
        let layers = scatters(&places, &classes, &all).into_iter();
        Panel::new()
            .title(map.title.as_str())
            .no_ticks()
            .equal_units()
            .add_all(layers.map(|layer| layer.radius(1.8)).collect::<Vec<_>>())
    });
    Panels::new(panels).columns(3).size(Size::Wide).draw()
}

/// Points whose truth is known, and what t-SNE makes of them: a row each.
pub(crate) fn truth(groups: &Planted, cloud: &Planted) -> Result<Figure, Error> {
    let panel = |planted: &Planted, i: usize| {
        let (title, places) = &planted.panels[i];
        let mut shown = planted.groups.clone();
        shown.dedup();
        let layers = scatters(places, &planted.groups, &shown).into_iter();
        let layers = layers.zip(&shown).map(|(layer, group)| match group {
            0 => layer.name("A"),
            1 => layer.name("B"),
            2 => layer.name("C"),
            _ => layer,
        });
        Panel::new()
            .title(title.as_str())
            .equal_units()
            .add_all(layers.collect::<Vec<_>>())
    };
    let all = [groups, cloud].into_iter();
    let panels = all.flat_map(|planted| (0..3).map(move |i| panel(planted, i)));
    Panels::new(panels).columns(3).size(Size::Wide).draw()
}
