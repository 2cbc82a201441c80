//! Against the problems of the second year.

use super::{Course, Measure, PLAIN};
use crate::demonstration::organisations::{HOUSING, POLICE, SAFETY};
use est::analysis::Cause as C;
use est::catalogue::{Kind, Technique as T};
use est::intervention::Afterwards;

const CAR_PARK: &str = "Öppen narkotikahandel vid Solhöjdsplan";
const FIRES: &str = "Bränder i miljöhusen";
const PATH: &str = "Otrygg väg mellan Norrängen och gångbron";
const THREATS: &str = "Hot mot värdar och förare på resecentrum";
const GYM: &str = "Samlingar vid Solhöjdens utegym";

pub(super) static MEASURES: [Measure; 12] = [
    Measure {
        against: CAR_PARK,
        title: super::SHOWN,
        kind: Kind::PolicePresence,
        techniques: &[T::StrengthenFormalSurveillance, T::DisruptMarkets],
        causes: &[C::AlcoholOrDrugs, C::AbsentGuardian],
        by: POLICE,
        with: (HOUSING, "Bovärdarna går över parkeringen klockan 15 och 18."),
        mechanism: "Handeln behöver korta möten utan vittnen; närvaro på oregelbundna tider tar bort dem.",
        evidence: "Koncentrerad närvaro på små platser hör till det som är mest prövat i forskningen.",
        method: "Till fots eftermiddag och tidig kväll, minst fyra pass i veckan på skilda tider.",
        done: "I genomsnitt fyra pass i veckan. Samtal har förts med boende och handlare.",
        course: Course::Anchored,
        ..PLAIN
    },
    Measure {
        against: CAR_PARK,
        title: "Parkeringen vid Solhöjdsplan görs om",
        kind: Kind::Redesign,
        techniques: &[T::ControlAccess, T::AssistNaturalSurveillance],
        causes: &[C::EasyAccess, C::PoorSightlines],
        by: HOUSING,
        with: (SAFETY, "Gata och park flyttar infarten och röjer sikten."),
        mechanism: "En infart i stället för tre, och fri sikt från fönstren, gör korta ärenden svårare att dölja.",
        evidence: "Liknande ombyggnad vid pendlarparkeringen följdes av färre rapporter.",
        method: "Infarten flyttas, häcken tas ned och platserna målas om för boende.",
        done: "Ombyggnaden är klar utom målningen.",
        deviation: Some("Målningen av platserna återstår."),
        ..PLAIN
    },
    Measure {
        against: CAR_PARK,
        title: "Samtal med boende vid Solhöjdsplan",
        kind: Kind::ResidentDialogue,
        techniques: &[T::ReduceAnonymity, T::UsePlaceManagers],
        causes: &[C::UnclearOwnership, C::AbsentGuardian],
        by: HOUSING,
        with: (POLICE, "Kommunpolisen är med vid två av träffarna."),
        mechanism: "Grannar som känner varandra och vet vem de ska ringa använder platsen mer.",
        method: "Fyra träffar i gårdslokalen och en gemensam vandring.",
        done: "Tre träffar och en vandring är genomförda.",
        deviation: Some("En träff ställdes in."),
        outcome: Afterwards::Unchanged,
        ..PLAIN
    },
    Measure {
        against: FIRES,
        title: "Nya lås till miljöhusen",
        kind: Kind::AccessControl,
        techniques: &[T::HardenTargets, T::ControlAccess],
        causes: &[C::EasyAccess, C::EasyTarget],
        by: HOUSING,
        with: ("raddning", "Räddningstjänsten går igenom gårdarna och pekar ut kärl nära fasad."),
        mechanism: "Den som inte kommer in kan inte tända, och kärl bort från fasad sprider inte brand.",
        evidence: "Lås och avstånd ingår i räddningstjänstens råd om brand i avfall.",
        method: "Alla miljöhus får lås med bricka, kärlen flyttas minst sex meter från fasad.",
        done: "Tolv av tolv miljöhus har nya lås.",
        ..PLAIN
    },
    Measure {
        against: FIRES,
        title: "Kvällsronder förbi miljöhusen",
        kind: Kind::Other,
        techniques: &[T::ExtendGuardianship],
        causes: &[C::AbsentGuardian, C::EasyTarget],
        by: "vakt",
        with: ("raddning", "Räddningstjänsten besöker Solskolan och talar om brand."),
        mechanism: "Återkommande ronder på skilda tider gör att öppna dörrar stängs och rök upptäcks tidigt.",
        method: "Tre ronder per kväll, alla dagar, öppna dörrar rapporteras till bovärden.",
        done: "Ronderna har gått varje kväll.",
        course: Course::Outlives(93),
        ..PLAIN
    },
    Measure {
        against: PATH,
        title: "Röjning längs vägen till gångbron",
        kind: Kind::Clearing,
        techniques: &[T::AssistNaturalSurveillance],
        causes: &[C::PoorSightlines, C::NeglectedMaintenance],
        with: ("hemtjanst", "Nattpatrullen berättar var det är mörkast och mest igenvuxet."),
        mechanism: "Fri sikt tio meter på var sida gör att den som går ser och blir sedd.",
        method: "Buskar tas ned på hela sträckan, stammar kvistas upp till två meter.",
        done: "Halva sträckan är röjd, resten sker efter fåglarnas häckning.",
        deviation: Some("Halva sträckan är uppskjuten."),
        ..PLAIN
    },
    Measure {
        against: THREATS,
        title: "Dubbelbemanning på kvällarna vid resecentrum",
        kind: Kind::Other,
        techniques: &[T::ExtendGuardianship, T::AvoidDisputes],
        causes: &[C::Conflict, C::AbsentGuardian],
        by: "trafik",
        with: ("vakt", "Ronden står vid terminalen vid de sista avgångarna."),
        mechanism: "Två värdar kan dela på sig när stämningen höjs, och den som hotar får ingen publik.",
        method: "Två värdar på alla pass efter klockan 18 till periodens slut.",
        done: "Dubbelbemanningen har hållits alla fredagar och lördagar.",
        ..PLAIN
    },
    Measure {
        against: THREATS,
        title: "Gemensamt kvällspass vid bussterminalen",
        kind: Kind::PolicePresence,
        techniques: &[T::StrengthenFormalSurveillance, T::ReduceArousal],
        causes: &[C::Conflict, C::AlcoholOrDrugs],
        by: POLICE,
        with: ("falt", "Fältgruppen tar samtalen medan polisen håller sig i närheten."),
        mechanism: "Närvaro före de sista avgångarna dämpar stämningen.",
        method: "Fredag och lördag klockan 20–24.",
        course: Course::Neglected(92),
        ..PLAIN
    },
    Measure {
        against: THREATS,
        title: "Riktad kontroll på resecentrum",
        kind: Kind::PoliceOperation,
        techniques: &[T::ControlDrugsAndAlcohol, T::StrengthenFormalSurveillance],
        causes: &[C::AlcoholOrDrugs],
        by: POLICE,
        with: ("trafik", "Trafikledningen ställer lokal till förfogande."),
        mechanism: "Berusning ligger bakom de flesta hoten, och den kontrolleras bäst utan att dagen är känd.",
        method: "En kväll, dagen bestäms av polisen. Medverkande får veta samma eftermiddag.",
        legal_basis: Some("Polislagen och lagen om omhändertagande av berusade personer"),
        course: Course::Embargoed(101),
        ..PLAIN
    },
    Measure {
        against: GYM,
        title: "Ledare vid Solhöjdens utegym",
        kind: Kind::YouthActivity,
        techniques: &[T::ExtendGuardianship, T::SetRules],
        causes: &[C::LackOfActivities, C::AbsentGuardian],
        by: "fritid",
        with: ("nattvandring", "Vandringen går förbi klockan 22."),
        mechanism: "Med ledare på plats används gymmet till träning, och det är lugnt när de går hem.",
        evidence: "Fritidsgården Utsikten har provat under sommarlovet.",
        method: "Två ledare måndag till torsdag klockan 18–21.",
        done: "Ledarna har varit på plats alla kvällar utom två.",
        deviation: Some("Två kvällar föll bort."),
        ..PLAIN
    },
    Measure {
        against: GYM,
        title: "Avtal om tider vid utegymmet",
        kind: Kind::Information,
        techniques: &[T::SetRules, T::PostInstructions],
        causes: &[C::UnclearOwnership, C::Attractor],
        with: (HOUSING, "Bovärdarna frågar de boende vad som stör mest."),
        mechanism: "Tider som de som tränar själva har föreslagit hålls oftare än förbud.",
        method: "En skylt, två träffar och släckt belysning klockan 22.",
        done: "Tiderna är satta och skylten är uppe.",
        ..PLAIN
    },
    Measure {
        against: PATH,
        title: "Belysta stolpar mot gångbron",
        kind: Kind::Lighting,
        techniques: &[T::AssistNaturalSurveillance],
        causes: &[C::PoorLighting],
        with: (HOUSING, "Bovärdskontoret anmäler släckta lampor."),
        mechanism: "Jämnt ljus utan mörka fickor gör att fler väljer vägen.",
        evidence: "Belysningen i gångtunneln gav goda erfarenheter.",
        method: "Åtta stolpar till och tätare lampbyten.",
        done: "Stolparna är resta och tända.",
        ..PLAIN
    },
];
