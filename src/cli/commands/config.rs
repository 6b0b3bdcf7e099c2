use clap::Args;

use crate::console::{Context, Exit, Failure, settings::Layer, settings::layers};
use crate::lang::help;
use crate::view::ConfigRow;

use super::super::args::FormArgs;
use super::super::records::rows_in;

#[derive(Debug, Args)]
#[command(about = help().config.about, long_about = help().config.long_about)]
pub(in crate::cli) struct ConfigArgs {
    #[command(flatten)]
    form: FormArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &ConfigArgs) -> Result<Exit, Failure> {
    let project = context.bare_project()?;
    let layers = layers(&project, &context.environment)?;
    let keys = project.settings.entries().into_iter().map(|(key, ..)| key).enumerate();
    let rows: Vec<ConfigRow> = keys.map(|(place, key)| row(&layers, place, key)).collect();
    let text = rows_in(context, &args.form, &rows, &[])?;
    context.print(&text);
    Ok(Exit::Done)
}

/// Returns the row of a key, from the source of highest priority that sets it, else its default.
fn row(layers: &[Layer], place: usize, key: &'static str) -> ConfigRow {
    let said = |layer: &Layer| layer.settings.entries().swap_remove(place);
    let set = layers.iter().find_map(|layer| Some((Some(said(layer).1?), layer.name.clone())));
    let (value, from) = set.unwrap_or_else(|| {
        let built_in = layers.first().and_then(|layer| said(layer).2);
        (built_in.map(str::to_owned), ConfigRow::BUILT_IN.to_owned())
    });
    ConfigRow { key, value, from }
}
