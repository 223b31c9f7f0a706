//! The setting `unmanaged`, and the filter of diesel.toml.

use super::config::Project;
use super::context::Context;
use super::exit::Exit;
use super::report::Failure;
use super::settings;
use crate::model::Schema;
use crate::pipeline::Unmanaged;

/// What the settings say.
pub(super) fn read(project: &Project) -> Result<Unmanaged, Failure> {
    let (only, except) = project.diesel_filter();
    with_filter(project, &only, &except)
}

/// What the settings say, with another filter than diesel.toml's.
pub(super) fn with_filter(
    project: &Project,
    only: &[String],
    except: &[String],
) -> Result<Unmanaged, Failure> {
    let mut unmanaged = Unmanaged::default();
    for pattern in project.texts(&settings::UNMANAGED, &[])? {
        unmanaged.pattern(pattern);
    }
    unmanaged.diesel_filter(only, except).map_err(|error| {
        Failure::of(Exit::Failed, &error).hint("see `[print_schema.filter]` in diesel.toml")
    })?;
    Ok(unmanaged)
}

/// A model that the settings leave out is told, or its change would be lost silently.
pub(super) fn warn(context: &Context<'_>, models: &Schema, unmanaged: &Unmanaged) {
    let names = models.tables.keys().chain(models.views.keys()).chain(models.enums.keys());
    let names = names.chain(models.definitions.iter().map(|definition| &definition.name));
    for name in names.filter(|name| unmanaged.holds(name)) {
        context.ui.warning(&format!(
            "`{name}` is in the models, but `unmanaged` or diesel.toml's filter leaves it out"
        ));
    }
}
