//! Who receives the weekly picture, and why; every entry says so.

use super::Act;
use super::almanac::Almanac;
use super::chance::Chance;
use super::organisations::{HOUSING, POLICE, SAFETY};
use super::pen::Pen;
use super::preparation::Written;
use super::town::Town;
use est::distribution;
use est::permission::FunctionKind;
use serde_json::json;

pub(super) struct Recipient {
    name: &'static str,
    pub(super) organisation: &'static str,
    way: &'static str,
    why: &'static str,
}

const fn to(
    name: &'static str,
    organisation: &'static str,
    way: &'static str,
    why: &'static str,
) -> Recipient {
    Recipient { name, organisation, way, why }
}

pub(super) static RECIPIENTS: [Recipient; 15] = [
    to(
        "Trygghetsenheten",
        SAFETY,
        "fetched",
        "Enheten samordnar arbetet och följer upp insatserna i områdena.",
    ),
    to("Tjänsteman i beredskap", SAFETY, "file", "Den som har beredskap behöver veckans läge inför helgen."),
    to("Kommunledningen", SAFETY, "fetched", "Ledningen prioriterar resurser och svarar för helheten."),
    to("Polisens intranät", POLICE, "file", "Yttre personal planerar sin närvaro efter den samlade bilden."),
    to(
        "Lysvingehems bovärdar",
        HOUSING,
        "printed",
        "Bovärdarna rapporterar varje vecka och går i områdena dagligen.",
    ),
    to("Väktarnas utsättning", "vakt", "printed", "Ronderna läggs om efter var problemen finns."),
    to(
        "Räddningstjänstens vaktlag",
        "raddning",
        "fetched",
        "Vaktlagen möter läget på plats och arbetar förebyggande.",
    ),
    to(
        "Trafikledningen",
        "trafik",
        "file",
        "Värdar och förare behöver veta vad som väntar på linjer och hållplatser.",
    ),
    to(
        "Skolornas trygghetsteam",
        "skola",
        "fetched",
        "Skolorna rapporterar och planerar vuxennärvaro efter bilden.",
    ),
    to("Fritidsgårdarna", "fritid", "fetched", "Gårdarna anpassar öppettider och aktiviteter efter läget."),
    to("Hemtjänstens planering", "hemtjanst", "file", "Personalen rör sig i områdena alla tider på dygnet."),
    to("Fältgruppen", "falt", "fetched", "Fältgruppen är ute kvällar och helger i de prioriterade områdena."),
    to("Nattvandrarnas samling", "nattvandring", "printed", "Vandringarna går där de gör mest nytta."),
    to(
        "Fastighetsägarnas trygghetsgrupp",
        "fastighet",
        "file",
        "Ägarna åtgärdar belysning, sikt och skadegörelse.",
    ),
    to(
        "Styrgruppen",
        SAFETY,
        "fetched",
        "Styrgruppen väljer områden varje kvartal och behöver veckorna bakom.",
    ),
];

const NOTICES: [&str; 3] = [
    "Får användas i det egna trygghetsarbetet. Sprid inte vidare utanför verksamheten.",
    "Får visas vid utsättning och planering. Spara inte kopior längre än veckan ut.",
    "Till stöd för egna åtgärder. Frågor från allmänheten besvaras av trygghetsenheten.",
];

pub(super) fn enter(town: &Town, chance: &mut Chance, pen: &Pen<'_>, almanac: &Almanac) -> Written<Vec<Act>> {
    let decided_by =
        town.posts.iter().find(|post| post.kind == FunctionKind::Coordinator).map(|post| post.id);
    let mut acts = Vec::new();
    for (entry, recipient) in &town.recipients {
        let Some(organisation) = town.organisation(recipient.organisation) else { continue };
        // The printed copies are due to be looked at again already, so that the reminder of it shows.
        let review = if recipient.way == "printed" { almanac.last.plus(-4) } else { almanac.last.plus(26) };
        let entered = pen.write::<distribution::EnterRecipient>(json!({
            "name": recipient.name,
            "organisation": organisation.id,
            "way": recipient.way,
            "purpose": recipient.why,
            "useNotice": chance.word(&NOTICES),
            "decidedBy": decided_by,
            "reviewOn": review.day(5),
        }))?;
        let entry = Some(*entry);
        let entered = entered.into(|command| distribution::EnterRecipient { entry, ..command });
        acts.push(entered.by(&town.founder, distribution::List));
    }
    Ok(acts)
}
