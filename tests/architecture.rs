//! The shape of the code, held to: who may know whom, who may print, what the documents promise.

mod documents;
mod rooms;
mod sources;
