//! What the fuzz targets hold glowplug to. The test suite replays the corpora through
//! [`properties`].

pub mod oracle;
pub mod properties;
