//! Where a sliding window stands.

/// How many places a window of `kernel` numbers has along an axis of `length` numbers:
/// `floor((length + 2 padding - dilation (kernel - 1) - 1) / stride) + 1`. `None` if the
/// window is longer than the padded axis.
///
/// ```
/// use tensor::pictures::window::places;
///
/// assert_eq!(places(28, 5, 1, 2, 1), Some(28)); // LeNet's first layer
/// assert_eq!(places(28, 2, 2, 0, 1), Some(14)); // a pool of 2
/// assert_eq!(places(3, 5, 1, 0, 1), None);
/// ```
pub fn places(
    length: usize,
    kernel: usize,
    stride: usize,
    padding: usize,
    dilation: usize,
) -> Option<usize> {
    let reach = dilation * kernel.checked_sub(1)? + 1;
    let free = (length + 2 * padding).checked_sub(reach)?;
    Some(free / stride + 1)
}
