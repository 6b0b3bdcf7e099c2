use clap::Args;
use unicode_width::UnicodeWidthStr;

use crate::console::{Context, Exit, Failure, doctor::examined};
use crate::lang::{Diagnosis, help, terminal};

#[derive(Debug, Args)]
#[command(about = help().doctor.about, long_about = help().doctor.long_about)]
pub(in crate::cli) struct DoctorArgs {}

pub(in crate::cli) fn run(context: &mut Context, _: &DoctorArgs) -> Result<Exit, Failure> {
    let mut exit = Exit::Done;
    for Diagnosis { about, is, mend } in
        examined(context).iter().map(|one| terminal().examined(one))
    {
        let sign = if mend.is_some() { "!!" } else { "ok" };
        let gap = " ".repeat(9_usize.saturating_sub(about.width()));
        let line = format!("{sign}  {about}{gap} {is}\n");
        context.answer(&context.fitted(&line, &" ".repeat(14)));
        if let Some(mend) = mend {
            let line = format!("    {}\n", terminal().to_mend(&mend));
            context.answer(&context.fitted(&line, &" ".repeat(14)));
            exit = Exit::Failed;
        }
    }
    Ok(exit)
}
