//! Many weak signals over time can harm as much as one strong (R17): an open figure by which an area's signals gather
//! and fade.

/// A signal counts half as much after so many weeks.
const HALF_LIFE_WEEKS: i32 = 4;
/// What a signal is taken to weigh when its reporter did not say.
const STRENGTH_UNSAID: u8 = 2;

/// Something that was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal {
    /// Whole weeks since it was seen; what lies ahead counts nothing.
    pub weeks_ago: i32,
    /// How strong it is to those who move there: 1 weak, 5 strong; none when nobody said.
    pub strength: Option<u8>,
    /// How many times it was seen.
    pub count: u32,
}

/// The accumulation index: the sum over all signals of strength times count times 0.5 to the power of the weeks since
/// divided by four. It is no measure of danger, and has no upper bound; it is compared with itself over time and
/// between areas that are reported alike. The formula is the programme's own, after the handbook's thought that weak
/// signals add up; a tenth is its finest step.
pub fn index(signals: impl IntoIterator<Item = Signal>) -> f64 {
    let weight = |signal: Signal| {
        let strength = f64::from(signal.strength.unwrap_or(STRENGTH_UNSAID).clamp(1, 5));
        let faded = 0.5_f64.powf(f64::from(signal.weeks_ago) / f64::from(HALF_LIFE_WEEKS));
        strength * f64::from(signal.count) * faded
    };
    let past = signals.into_iter().filter(|signal| signal.weeks_ago >= 0);
    (past.map(weight).fold(0.0, |sum, weight| sum + weight) * 10.0).round() / 10.0
}
