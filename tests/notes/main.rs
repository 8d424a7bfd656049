//! What was really said: the shelf, the comparison on generated truth, and what it costs.

mod shelf;
mod speech;
mod truth;
