//! The problems that persist: opened by the coordinator, still there for weeks, closed when they are gone.

use super::Act;
use super::chance::Chance;
use super::pen::Pen;
use super::preparation::Written;
use super::town::{Area, Town, Unit};
use est::indicator::Indicator;
use est::organisation::OrganisationKind as Kind;
use est::{ProblemId, Subject, Week, problem};
use serde_json::json;

pub(super) struct TroubleSketch {
    pub(super) title: &'static str,
    pub(super) indicator: Indicator,
    area: &'static str,
    pub(super) description: &'static str,
    /// From the first week of the story that it is open, up to but not with the last; a second time when it
    /// came back.
    pub(super) open: &'static [(i32, i32)],
    seen_by: &'static [Kind],
    gone: &'static str,
}

pub(super) struct Trouble {
    pub(super) id: ProblemId,
    pub(super) sketch: &'static TroubleSketch,
    pub(super) area: Area,
}

const STILL: i32 = super::organisations::ALWAYS;

static TROUBLES: [TroubleSketch; 10] = [
    TroubleSketch {
        title: "Mopedkörning på gångvägarna i Klöverdal",
        indicator: Indicator::OtherDisorder,
        area: "Klöverdal",
        description: "Kvällstid på gångvägarna mot skolan. Gående väljer andra vägar.",
        open: &[(3, 21), (57, 70)],
        seen_by: &[Kind::HousingCompany, Kind::YouthCentre],
        gone: "Bommar är uppsatta och inga nya rapporter har kommit på fyra veckor.",
    },
    TroubleSketch {
        title: "Mörk gångtunnel under spåren",
        indicator: Indicator::UnsafePlace,
        area: "Bangården",
        description: "Belysningen är trasig eller svag och sikten dålig vid den södra uppgången.",
        open: &[(6, 33)],
        seen_by: &[Kind::PublicTransport, Kind::GuardCompany],
        gone: "Ny belysning är monterad och väggarna målade i ljus färg.",
    },
    TroubleSketch {
        title: "Återkommande klotter på gågatan",
        indicator: Indicator::Vandalism,
        area: "Lysvinge centrum",
        description: "Samma fasader och elskåp drabbas varje helg.",
        open: &[(10, 40)],
        seen_by: &[Kind::Association, Kind::Municipality],
        gone: "Snabb sanering och väggmålningar har gett effekt under två månader.",
    },
    TroubleSketch {
        title: "Stök på kvällarna vid Norrängens livsmedelsbutik",
        indicator: Indicator::YouthGatheringPlace,
        area: "Norrängen",
        description: "Hög ljudnivå och hotfull stämning vid entrén efter klockan 20.",
        open: &[(16, 48)],
        seen_by: &[Kind::YouthCentre, Kind::GuardCompany],
        gone: "Fritidsgårdens kvällsöppet och väktarnas närvaro har lugnat platsen.",
    },
    TroubleSketch {
        title: "Nedskräpning vid grillplatserna",
        indicator: Indicator::Vandalism,
        area: "Sjövallen",
        description: "Glas och engångsgrillar lämnas kvar efter varje helg.",
        open: &[(38, 49), (88, 100)],
        seen_by: &[Kind::Municipality],
        gone: "Säsongen är slut och fler kärl är på plats.",
    },
    TroubleSketch {
        title: "Öppen narkotikahandel vid Solhöjdsplan",
        indicator: Indicator::OtherDisorder,
        area: "Solhöjden",
        description: "Korta möten vid bilar på parkeringen, mest eftermiddag och tidig kväll.",
        open: &[(52, 84)],
        seen_by: &[Kind::HousingCompany, Kind::HomeCare],
        gone: "Inga nya iakttagelser sedan parkeringen byggdes om.",
    },
    TroubleSketch {
        title: "Bränder i miljöhusen",
        indicator: Indicator::Fire,
        area: "Solhöjden",
        description: "Upprepade mindre bränder i miljöhus som står olåsta.",
        open: &[(63, 78), (90, 101)],
        seen_by: &[Kind::HousingCompany, Kind::RescueService],
        gone: "Låsen är bytta och kärlen flyttade. Inga nya bränder på sex veckor.",
    },
    TroubleSketch {
        title: "Otrygg väg mellan Norrängen och gångbron",
        indicator: Indicator::UnsafePlace,
        area: "Norrängen",
        description: "Igenvuxet och mörkt, få människor kvällstid.",
        open: &[(72, STILL)],
        seen_by: &[Kind::HousingCompany, Kind::HomeCare],
        gone: "Röjt och belyst.",
    },
    TroubleSketch {
        title: "Hot mot värdar och förare på resecentrum",
        indicator: Indicator::IncidentAgainstStaff,
        area: "Bangården",
        description: "Verbala hot och provokationer, mest fredag och lördag kväll.",
        open: &[(86, STILL)],
        seen_by: &[Kind::PublicTransport, Kind::GuardCompany],
        gone: "Bemanningen är förändrad.",
    },
    TroubleSketch {
        title: "Samlingar vid Solhöjdens utegym",
        indicator: Indicator::YouthGatheringPlace,
        area: "Solhöjden",
        description: "Högljutt och nedskräpat sent på kvällen, boende nära har svårt att sova.",
        open: &[(95, STILL)],
        seen_by: &[Kind::YouthCentre, Kind::SocialServices],
        gone: "Ny mötesplats är ordnad.",
    },
];

pub(super) fn troubles(town: &Town, chance: &mut Chance) -> Vec<Trouble> {
    let placed = TROUBLES.iter().filter_map(|sketch| Some((sketch, *town.area(sketch.area)?)));
    placed.map(|(sketch, area)| Trouble { id: ProblemId(chance.id()), sketch, area }).collect()
}

impl Trouble {
    pub(super) fn is_open(&self, number: i32) -> bool {
        self.sketch.open.iter().any(|(from, until)| (*from..*until).contains(&number))
    }

    /// Whether a unit comes by and tells of it.
    pub(super) fn seen_by(&self, unit: &Unit) -> bool {
        let near = unit.areas.iter().any(|area| area.id == self.area.id);
        near && self.sketch.seen_by.contains(&unit.organisation.kind)
    }

    /// What the coordinator does about it on the Monday of a week.
    pub(super) fn act(
        &self,
        number: i32,
        week: Week,
        (coordinator, pen): (&Subject, &Pen<'_>),
    ) -> Written<Option<Act>> {
        let sketch = self.sketch;
        let opens = sketch.open.iter().position(|(from, _)| *from == number);
        let closes = sketch.open.iter().any(|(_, until)| *until == number);
        Ok(match opens {
            Some(0) => {
                let opened = pen.write::<problem::Open>(json!({
                    "title": sketch.title,
                    "indicator": sketch.indicator,
                    "area": self.area.id,
                    "firstWeek": week.plus(-1),
                    "description": sketch.description,
                }))?;
                Some(opened.by(coordinator, self.id))
            }
            Some(_) => {
                let reason =
                    json!({ "reason": "Problemet är tillbaka enligt flera rapporter förra veckan." });
                Some(pen.write::<problem::Reopen>(reason)?.by(coordinator, self.id))
            }
            None if closes => {
                let reason = json!({ "reason": sketch.gone });
                Some(pen.write::<problem::Close>(reason)?.by(coordinator, self.id))
            }
            None => None,
        })
    }
}
