//! Where each pair of words stands in a text.

use super::fold::Word;

/// Where each pair of neighbouring words stands: pairs in buckets by their hash, found again without a search.
#[derive(Clone, Debug, Default)]
pub struct Shingles {
    /// For each bucket, where its places begin; one more than there are buckets.
    starts: Vec<u32>,
    /// Indices of first words of pairs, in order within a bucket.
    places: Vec<u32>,
    mask: u32,
}

impl Shingles {
    /// The pairs of a text.
    pub fn of(words: &[Word]) -> Shingles {
        let count = words.len().saturating_sub(1);
        let buckets = count.next_power_of_two().max(8);
        let mask = buckets as u32 - 1;
        let mut starts = vec![0_u32; buckets + 1];
        let bucket = |at: usize| (pair(words[at].key, words[at + 1].key) & mask) as usize;
        for at in 0..count {
            starts[bucket(at) + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut places = vec![0_u32; count];
        for at in 0..count {
            let slot = &mut next[bucket(at)];
            places[*slot as usize] = at as u32;
            *slot += 1;
        }
        Shingles {
            starts,
            places,
            mask,
        }
    }

    /// Where the pair may stand: some of the places may be another pair's.
    pub fn at(&self, first: u32, second: u32) -> &[u32] {
        if self.starts.is_empty() {
            return &[];
        }
        let bucket = (pair(first, second) & self.mask) as usize;
        &self.places[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }
}

fn pair(first: u32, second: u32) -> u32 {
    let mixed = (u64::from(first) << 32 | u64::from(second)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 32) as u32
}
