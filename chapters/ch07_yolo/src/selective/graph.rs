//! The first segments: a graph of pixels cut where neighbours differ more than the
//! pixels on either side do among themselves.
//!
//! Source: P. Felzenszwalb, D. Huttenlocher, "Efficient graph-based image
//! segmentation", International Journal of Computer Vision 59 (2004), section 3
//! (algorithm 1).

use ndarray::Array3;

/// Deviation of the blur beforehand, in pixels (section 5 of the paper).
const BLUR: f32 = 0.8;

/// Segments of fewer pixels join a neighbour in the end. Chosen by us for small
/// pictures.
const LEAST: usize = 20;

/// Which pixels belong together.
#[derive(Clone, Debug)]
pub struct Segments {
    /// Rows and columns.
    pub size: [usize; 2],
    /// How many segments there are.
    pub count: usize,
    /// The segment of each pixel, below `count`, row by row.
    pub of: Vec<usize>,
}

/// Two neighbouring pixels and how far their colours lie apart, 0 to 442.
#[derive(Clone, Copy)]
struct Edge {
    a: usize,
    b: usize,
    apart: f32,
}

/// The pixels of a picture and the edges between neighbours, the slightest first.
pub struct Graph {
    size: [usize; 2],
    edges: Vec<Edge>,
}

impl Graph {
    /// The graph of a picture `[H, W, 3]`.
    pub fn new(picture: &Array3<u8>) -> Graph {
        let (h, w, _) = picture.dim();
        let mut edges = edges(&blurred(picture, BLUR), [h, w]);
        edges.sort_by(|a, b| a.apart.total_cmp(&b.apart));
        Graph {
            size: [h, w],
            edges,
        }
    }
}

/// Segments while they grow: each is a tree of pixels, known by its root.
struct Forest {
    /// The next pixel on the way to the root; a root is its own.
    parent: Vec<usize>,
    /// Pixels of the tree, at its root.
    size: Vec<usize>,
    /// The largest difference that was bridged within the tree, at its root.
    inside: Vec<f32>,
}

impl Forest {
    /// Each pixel a tree of its own.
    fn new(pixels: usize) -> Forest {
        Forest {
            parent: (0..pixels).collect(),
            size: vec![1; pixels],
            inside: vec![0.0; pixels],
        }
    }

    /// The root of a pixel's tree. The path is halved on the way, for the next time.
    fn root(&mut self, mut pixel: usize) -> usize {
        while self.parent[pixel] != pixel {
            self.parent[pixel] = self.parent[self.parent[pixel]];
            pixel = self.parent[pixel];
        }
        pixel
    }

    /// Two trees become one, bridged by a difference that is their largest so far.
    fn join(&mut self, a: usize, b: usize, apart: f32) {
        let (root, child) = if self.size[a] >= self.size[b] {
            (a, b)
        } else {
            (b, a)
        };
        self.parent[child] = root;
        self.size[root] += self.size[child];
        self.inside[root] = apart;
    }

    /// How large a difference to a neighbour may be that still belongs.
    fn bears(&self, root: usize, k: f32) -> f32 {
        self.inside[root] + k / self.size[root] as f32
    }
}

// ANCHOR: segments
impl Graph {
    /// The segments: two grow together where a neighbour differs no more than both
    /// bear. The larger `k`, the more a small segment bears, and the larger segments
    /// become.
    pub fn segments(&self, k: f32) -> Segments {
        let mut forest = Forest::new(self.size[0] * self.size[1]);
        for &Edge { a, b, apart } in &self.edges {
            let [a, b] = [a, b].map(|pixel| forest.root(pixel));
            if a != b && apart <= forest.bears(a, k).min(forest.bears(b, k)) {
                forest.join(a, b, apart);
            }
        }
        for &Edge { a, b, apart } in &self.edges {
            let [a, b] = [a, b].map(|pixel| forest.root(pixel));
            if a != b && forest.size[a].min(forest.size[b]) < LEAST {
                forest.join(a, b, apart);
            }
        }
        numbered(forest, self.size)
    }
}
// ANCHOR_END: segments

/// Segments numbered in the order of their first pixels.
fn numbered(mut forest: Forest, size: [usize; 2]) -> Segments {
    let pixels = forest.parent.len();
    let mut numbers = vec![usize::MAX; pixels];
    let (mut count, mut of) = (0, Vec::with_capacity(pixels));
    for pixel in 0..pixels {
        let root = forest.root(pixel);
        if numbers[root] == usize::MAX {
            numbers[root] = count;
            count += 1;
        }
        of.push(numbers[root]);
    }
    Segments { size, count, of }
}

/// Each pixel and its neighbours to the right, below, and on both slants below.
fn edges(colours: &[[f32; 3]], [h, w]: [usize; 2]) -> Vec<Edge> {
    let mut edges = Vec::with_capacity(4 * h * w);
    let mut add = |a: usize, b: usize| {
        let squares = (0..3).map(|c| (colours[a][c] - colours[b][c]).powi(2));
        edges.push(Edge {
            a,
            b,
            apart: squares.sum::<f32>().sqrt(),
        });
    };
    for pixel in 0..h * w {
        let (down, right) = (pixel / w + 1 < h, pixel % w + 1 < w);
        if right {
            add(pixel, pixel + 1);
        }
        if down {
            add(pixel, pixel + w);
        }
        if down && right {
            add(pixel, pixel + w + 1);
            add(pixel + 1, pixel + w);
        }
    }
    edges
}

/// The colours, 0 to 255, blurred along rows and then along columns.
fn blurred(picture: &Array3<u8>, deviation: f32) -> Vec<[f32; 3]> {
    let (h, w, _) = picture.dim();
    let colour =
        |pixel: usize| [0, 1, 2].map(|c| f32::from(picture[[pixel / w, pixel % w, c]]));
    let sharp: Vec<[f32; 3]> = (0..h * w).map(colour).collect();
    let reach = (4.0 * deviation).ceil() as isize;
    let weight = |by: isize| (-0.5 * (by as f32 / deviation).powi(2)).exp();
    let weights: Vec<(isize, f32)> =
        (-reach..=reach).map(|by| (by, weight(by))).collect();
    let whole: f32 = weights.iter().map(|(_, weight)| weight).sum();
    let along = |from: &[[f32; 3]], [down, right]: [isize; 2]| -> Vec<[f32; 3]> {
        let mean = |pixel: usize| {
            let mut sum = [0.0; 3];
            for &(by, weight) in &weights {
                let i = inside(pixel / w, by * down, h);
                let j = inside(pixel % w, by * right, w);
                (0..3).for_each(|c| sum[c] += weight / whole * from[i * w + j][c]);
            }
            sum
        };
        (0..h * w).map(mean).collect()
    };
    along(&along(&sharp, [0, 1]), [1, 0])
}

/// A place so many steps further, no further than the last place.
fn inside(place: usize, by: isize, length: usize) -> usize {
    place.saturating_add_signed(by).min(length - 1)
}
