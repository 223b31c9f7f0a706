//! `create`, step by step: read, resolve, decide renames, diff, look for hazards, count, plan,
//! prove, write.
//!
//! Besides, on the same parts: `check`, whether models, migrations and database agree, and `squash`,
//! which proves one migration in the place of several.
//!
//! Every step before the last only reads. What needs an answer of the user is asked through
//! [`Answers`]; without an answer the whole is refused, and nothing is written.

mod answers;
mod check;
mod compare;
mod concurrent;
mod create;
mod error;
mod history;
mod rows;
mod scratch;
mod squash;
mod unmanaged;

pub use answers::{Answers, NoAnswers};
pub use check::{Check, CheckRequest, Drift, Note, Problem, RoundTrip, check, drift};
pub use compare::{CompareOptions, Comparison, compare, compare_with, read};
pub use concurrent::Scripts;
pub use create::{CreateOptions, CreateOutcome, Created, baseline, create};
pub use error::CreateError;
pub use history::replay;
pub use scratch::scratch;
pub use squash::{Squash, SquashProof, SquashRequest, squash};
pub use unmanaged::{FilterError, Unmanaged};
