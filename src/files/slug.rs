/// The longest slug: with the version it stays below every file system's limit.
const LONGEST: usize = 100;

/// A migration's name as part of a directory name: `[a-z0-9_]`, at most 100 characters, never
/// empty.
///
/// ```
/// use glowplug::files::slug;
///
/// assert_eq!(slug("Add plan to session!"), "add_plan_to_session");
/// assert_eq!(slug("../../etc"), "etc");
/// assert_eq!(slug("…"), "migration");
/// ```
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('_') {
            slug.push('_');
        }
        if slug.len() == LONGEST {
            break;
        }
    }
    let slug = slug.trim_end_matches('_');
    if slug.is_empty() { "migration".to_owned() } else { slug.to_owned() }
}
