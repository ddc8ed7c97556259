//! The chain rule on a graph, three ways (page *The chain rule on a graph*).

/// An arrow of a graph: from one node to a later one, with the slope of the later by
/// the earlier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrow {
    /// The earlier node.
    pub from: usize,
    /// The later node.
    pub to: usize,
    /// The slope of the later by the earlier, the other inputs held.
    pub slope: f64,
}

/// Numbers computed from numbers: nodes 0 to `inputs` − 1 are given, the last one is the
/// result. Arrows are sorted by `from`, and lead to higher numbers.
#[derive(Clone, Debug)]
pub struct Graph {
    /// How many nodes there are.
    pub nodes: usize,
    /// How many of them are given.
    pub inputs: usize,
    /// The arrows.
    pub arrows: Vec<Arrow>,
}

/// The slopes of the result by every input, and the multiplications it took.
#[derive(Clone, Debug, PartialEq)]
pub struct Slopes {
    /// A slope for each input.
    pub slopes: Vec<f64>,
    /// How many multiplications were made.
    pub products: usize,
}

impl Graph {
    /// A graph of these arrows.
    ///
    /// # Panics
    /// If an arrow leads back, or to a node that is not there, or they are not sorted.
    pub fn new(nodes: usize, inputs: usize, arrows: Vec<Arrow>) -> Graph {
        let onwards = |a: &Arrow| a.from < a.to && a.to < nodes;
        assert!(arrows.iter().all(onwards), "an arrow leads nowhere or back");
        let sorted = arrows.windows(2).all(|a| a[0].from <= a[1].from);
        assert!(sorted, "arrows must be sorted by where they start");
        Graph {
            nodes,
            inputs,
            arrows,
        }
    }

    /// A layer of `inputs` numbers, one of `width`, one result: every number of a layer
    /// feeds every number of the next.
    pub fn layered(inputs: usize, width: usize) -> Graph {
        let arrow = |from, to| Arrow {
            from,
            to,
            slope: 0.5,
        };
        let hidden = inputs..inputs + width;
        let first = (0..inputs).flat_map(|i| hidden.clone().map(move |j| arrow(i, j)));
        let last = hidden.clone().map(|j| arrow(j, inputs + width));
        Graph::new(inputs + width + 1, inputs, first.chain(last).collect())
    }

    /// One input, squared `times` times over: each node feeds the next by two arrows.
    pub fn squares(x: f64, times: usize) -> Graph {
        let mut value = x;
        let mut arrows = Vec::new();
        for from in 0..times {
            let arrow = Arrow {
                from,
                to: from + 1,
                slope: value,
            };
            arrows.extend([arrow, arrow]); // the left and the right factor of v · v
            value *= value;
        }
        Graph::new(times + 1, 1, arrows)
    }

    // ANCHOR: by_paths
    /// By the definition: for every path, the product of its slopes; over all paths, the
    /// sum.
    pub fn by_paths(&self) -> Slopes {
        let mut products = 0;
        let slopes = (0..self.inputs).map(|i| self.paths(i, 1.0, &mut products));
        let slopes = slopes.collect();
        Slopes { slopes, products }
    }

    fn paths(&self, node: usize, so_far: f64, products: &mut usize) -> f64 {
        if node == self.nodes - 1 {
            return so_far;
        }
        let mut sum = 0.0;
        for arrow in self.arrows.iter().filter(|arrow| arrow.from == node) {
            *products += 1;
            sum += self.paths(arrow.to, so_far * arrow.slope, products);
        }
        sum
    }
    // ANCHOR_END: by_paths

    // ANCHOR: forward
    /// Forward: the slope of every node by one input, from that input on; once for each
    /// input.
    pub fn forward(&self) -> Slopes {
        let mut products = 0;
        let mut slopes = Vec::new();
        for input in 0..self.inputs {
            let mut by_input = vec![0.0; self.nodes];
            by_input[input] = 1.0;
            for arrow in &self.arrows {
                by_input[arrow.to] += arrow.slope * by_input[arrow.from];
                products += 1;
            }
            slopes.push(by_input[self.nodes - 1]);
        }
        Slopes { slopes, products }
    }
    // ANCHOR_END: forward

    // ANCHOR: backward
    /// Backward: the slope of the result by every node, from the result back; once.
    pub fn backward(&self) -> Slopes {
        let mut products = 0;
        let mut of_result = vec![0.0; self.nodes];
        of_result[self.nodes - 1] = 1.0;
        for arrow in self.arrows.iter().rev() {
            of_result[arrow.from] += arrow.slope * of_result[arrow.to];
            products += 1;
        }
        of_result.truncate(self.inputs);
        Slopes {
            slopes: of_result,
            products,
        }
    }
    // ANCHOR_END: backward
}

// ANCHOR: example
/// The graph of f = (x y)(x + 1) at a place: nodes x, y, a = x y, b = x + 1, f = a b.
pub fn example(x: f64, y: f64) -> Graph {
    let (a, b) = (x * y, x + 1.0);
    let arrow = |from, to, slope| Arrow { from, to, slope };
    let arrows = vec![
        arrow(0, 2, y),   // ∂a/∂x
        arrow(0, 3, 1.0), // ∂b/∂x
        arrow(1, 2, x),   // ∂a/∂y
        arrow(2, 4, b),   // ∂f/∂a
        arrow(3, 4, a),   // ∂f/∂b
    ];
    Graph::new(5, 2, arrows)
}
// ANCHOR_END: example
