//! What every lesson's main shares: flags, seed, progress, results, figures.
