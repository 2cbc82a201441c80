//! Against the problems of the first year.

use super::{Course, Measure, PLAIN};
use crate::demonstration::organisations::{HOUSING, POLICE, SAFETY};
use est::analysis::Cause as C;
use est::catalogue::{Kind, Technique as T};
use est::intervention::Afterwards;

const MOPEDS: &str = "Mopedkörning på gångvägarna i Klöverdal";
const TUNNEL: &str = "Mörk gångtunnel under spåren";
const GRAFFITI: &str = "Återkommande klotter på gågatan";
const SHOP: &str = "Stök på kvällarna vid Norrängens livsmedelsbutik";
const GRILLS: &str = "Nedskräpning vid grillplatserna";

pub(super) static MEASURES: [Measure; 10] = [
    Measure {
        against: MOPEDS,
        title: "Bommar på gångvägarna i Klöverdal",
        kind: Kind::TrafficMeasure,
        techniques: &[T::ControlAccess, T::HardenTargets],
        causes: &[C::EasyAccess, C::Traffic],
        with: (HOUSING, "Bovärdarna visar var genvägarna går och ser till bommarna varje vecka."),
        mechanism: "När genvägarna stängs blir gångvägarna längre än vägen runt, och körningen flyttar till gatan.",
        evidence: "Bommar har provats vid Tallskolan med färre rapporter under ett år.",
        method: "Sex bommar ställs ut vid gångvägarnas mynningar. Utryckningsfordon har nyckel.",
        done: "Sex bommar är på plats. Två flyttades efter en vecka för att barnvagnar skulle komma fram.",
        deviation: Some("Två bommar flyttades några meter."),
        ..PLAIN
    },
    Measure {
        against: MOPEDS,
        title: "Fältgruppen på gångvägarna i Klöverdal",
        kind: Kind::FieldGroup,
        techniques: &[T::ExtendGuardianship, T::AlertConscience],
        causes: &[C::AbsentGuardian, C::LackOfActivities],
        by: "falt",
        with: ("fritid", "Fritidsgården Fyrklövern har öppet verkstad på torsdagar."),
        mechanism: "Vuxna som är där varje kväll gör att körningen märks och talas om.",
        method: "Två från fältgruppen går gångvägarna tisdag till torsdag klockan 17–20.",
        done: "Passen har gått som planerat och verkstaden har varit välbesökt.",
        ..PLAIN
    },
    Measure {
        against: TUNNEL,
        title: "Ny belysning i gångtunneln",
        kind: Kind::Lighting,
        techniques: &[T::AssistNaturalSurveillance],
        causes: &[C::PoorLighting, C::PoorSightlines],
        with: ("trafik", "Värdarna på resecentrum rapporterar trasiga armaturer samma dag."),
        mechanism: "Den som ser vem som kommer väljer inte en annan väg, och fler i rörelse gör platsen tryggare.",
        evidence: "Forskningsöversikter pekar på att bättre belysning kan minska otrygghet där sikten varit dålig.",
        method: "Armaturerna byts, väggarna målas ljusa och den södra uppgången öppnas upp.",
        done: "Alla armaturer är bytta och väggarna målade.",
        course: Course::Anchored,
        ..PLAIN
    },
    Measure {
        against: TUNNEL,
        title: "Nattvandring genom tunneln",
        kind: Kind::NightWalkers,
        techniques: &[T::ExtendGuardianship],
        causes: &[C::AbsentGuardian],
        by: "nattvandring",
        with: ("vakt", "Ronden möter upp vid den norra uppgången klockan 22."),
        mechanism: "När det finns vuxna i tunneln sena kvällar vågar fler gå där.",
        method: "Vandringen går genom tunneln varje halvtimme fredag och lördag.",
        done: "Vandringen har gått alla kvällar utom en, då för få kunde komma.",
        deviation: Some("En lördag ställdes in."),
        outcome: Afterwards::Unchanged,
        ..PLAIN
    },
    Measure {
        against: GRAFFITI,
        title: "Klottret bort inom ett dygn på gågatan",
        kind: Kind::Cleaning,
        techniques: &[T::DenyBenefits, T::RemoveTargets],
        causes: &[C::EasyTarget, C::NeglectedMaintenance],
        with: ("fastighet", "Fastighetsägarna ger fullmakt för sanering och anmäler varje skada."),
        mechanism: "Klotter som aldrig syns på morgonen ger inget erkännande.",
        evidence: "Snabb sanering används i många kommuner; erfarenheterna är goda men sällan prövade mot jämförelser.",
        method: "Sanering före klockan 10 varje dag. Allt fotograferas utan personer i bild.",
        done: "Saneringen har klarat tiden fyra dagar av fem.",
        ..PLAIN
    },
    Measure {
        against: GRAFFITI,
        title: "Kamera vid gågatans elskåp",
        kind: Kind::CameraSurveillance,
        techniques: &[T::StrengthenFormalSurveillance],
        causes: &[C::EasyTarget],
        by: POLICE,
        with: (SAFETY, "Trygghetsenheten skriver underlaget."),
        mechanism: "Risken att synas skulle avhålla.",
        method: "Två kameror under ett halvår.",
        course: Course::Declined(19),
        ..PLAIN
    },
    Measure {
        against: GRAFFITI,
        title: "Väggmålningar på de utsatta fasaderna",
        kind: Kind::Redesign,
        techniques: &[T::RemoveTargets, T::AlertConscience],
        causes: &[C::EasyTarget, C::UnclearOwnership],
        with: ("skola", "Strömgymnasiets elever gör skisserna i bildundervisningen."),
        mechanism: "En vägg som någon har gjort till sin lämnas oftare i fred.",
        evidence: "Fasaden vid biblioteket har varit fri från klotter sedan den målades.",
        method: "Tre fasader målas med fastighetsägarnas medgivande.",
        done: "Två av tre fasader är målade, den tredje väntar på varmare väder.",
        deviation: Some("En fasad återstår."),
        ..PLAIN
    },
    Measure {
        against: SHOP,
        title: "Kvällsöppet på Fritidsgården Ängen",
        kind: Kind::YouthActivity,
        techniques: &[T::DeflectOffenders, T::ReduceFrustrations],
        causes: &[C::LackOfActivities, C::Attractor],
        by: "fritid",
        with: ("falt", "Fältgruppen går mellan butiken och gården och berättar vad som är öppet."),
        mechanism: "Den som har någonstans att vara står inte vid entrén.",
        evidence: "Gårdens egna besökssiffror från höstlovet, då entrén var lugn.",
        method: "Öppet till klockan 23 torsdag till lördag med egen mat och turnering.",
        done: "Gården har haft öppet alla kvällar, med fler besökare än väntat.",
        course: Course::Anchored,
        ..PLAIN
    },
    Measure {
        against: SHOP,
        title: "Ordningsvakter vid Norrängens livsmedelsbutik",
        kind: Kind::SecurityGuards,
        techniques: &[T::StrengthenFormalSurveillance, T::SetRules],
        causes: &[C::AbsentGuardian, C::Conflict],
        by: "vakt",
        with: (POLICE, "Områdespoliserna möter upp vid passens början."),
        mechanism: "Synlig närvaro vid stängning gör att stämningen inte hinner bli hotfull.",
        method: "Två vakter klockan 19–23 fredag och lördag, samtal före ingripande.",
        done: "Alla pass är genomförda.",
        outcome: Afterwards::Moved,
        legal_basis: Some("Lagen om ordningsvakter, tillstånd för särskilt område"),
        ..PLAIN
    },
    Measure {
        against: GRILLS,
        title: "Fler kärl och helgstädning vid grillplatserna",
        kind: Kind::Cleaning,
        techniques: &[T::AssistCompliance, T::PostInstructions],
        causes: &[C::NeglectedMaintenance, C::Attractor],
        with: ("nattvandring", "Vandringen delar ut påsar lördag kväll."),
        mechanism: "Där kärlen är nära och tomma läggs skräpet i dem.",
        method: "Åtta kärl till, tömning lördag och söndag morgon, skyltar i ögonhöjd.",
        done: "Kärlen är på plats. Skyltarna kom en vecka sent.",
        deviation: Some("Skyltarna sattes upp en vecka senare än beslutat."),
        ..PLAIN
    },
];
