//! Runs of anything that can be compared.

/// How many of two runs are the same in the same order: the length of their longest common subsequence. Takes time with the
/// product of their lengths.
pub fn in_order<T: PartialEq<U>, U>(one: &[T], other: &[U]) -> usize {
    let mut row = vec![0; other.len() + 1];
    for item in one {
        let mut diagonal = 0;
        for (at, twin) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = match item == twin {
                true => diagonal + 1,
                false => above.max(row[at]),
            };
            diagonal = above;
        }
    }
    row[other.len()]
}
