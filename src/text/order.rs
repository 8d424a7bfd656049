//! Lists put in order, in little code.

/// Sorts by a key; what has the same key stays in the order in which it stood.
///
/// The standard library's sort is built anew for each place that calls it. This one is built once for each type of key,
/// and takes room for the keys: for lists that are short or seldom sorted, which most are.
pub fn by_key<T, K: Ord>(list: &mut [T], key: impl FnMut(&T) -> K) {
    let mut order: Vec<(K, usize)> = list.iter().map(key).zip(0..).collect();
    order.sort_unstable();
    put(list, order);
}

/// Sorts a long list of a few runs that are in order each, by keys that are at hand, one for each: it is as good as gone through once.
pub fn runs_by_keys<T, K: Ord>(list: &mut [T], keys: Vec<K>) {
    let mut order: Vec<(K, usize)> = keys.into_iter().zip(0..).collect();
    order.sort();
    put(list, order);
}

/// Puts each where it belongs: `order` tells for each place which of them goes there.
fn put<T, K>(list: &mut [T], mut order: Vec<(K, usize)>) {
    for at in 0..order.len() {
        // Where it was taken from may have been given something else since.
        let mut from = order[at].1;
        while from < at {
            from = order[from].1;
        }
        order[at].1 = from;
        list.swap(at, from);
    }
}

/// The same without room for keys, for lists that are short nearly always, and whose keys cost nothing.
pub fn short_by_key<T, K: Ord>(list: &mut [T], mut key: impl FnMut(&T) -> K) {
    /// From here on, what is out of order far away costs more than keys do.
    const LONG: usize = 24;
    if list.len() > LONG {
        return by_key(list, key);
    }
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && key(&list[at]) < key(&list[at - 1]) {
            list.swap(at, at - 1);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_list_is_sorted_as_the_standard_library_sorts_it(list: Vec<(u8, u8)>) {
            let (mut own, mut short, mut wanted) = (list.clone(), list.clone(), list.clone());
            let mut runs = list;
            by_key(&mut own, |one| one.0 % 8);
            let keys = runs.iter().map(|one| one.0 % 8).collect();
            runs_by_keys(&mut runs, keys);
            prop_assert_eq!(&runs, &own);
            short_by_key(&mut short, |one| one.0 % 8);
            wanted.sort_by_key(|one| one.0 % 8);
            prop_assert_eq!(&own, &wanted);
            prop_assert_eq!(short, wanted);
        }
    }
}
