//! Every permission of the method, written out: a new one does not compile until it stands here.

use est::Permission;

macro_rules! permissions {
    ($($name:ident),* $(,)?) => {
        /// All of them, in the order of the matrix.
        pub const PERMISSIONS: &[Permission] = &[$(Permission::$name),*];

        const _: fn(Permission) = |permission| match permission { $(Permission::$name => ()),* };
    };
}

permissions! {
    OpenProgramme,
    ManageProgramme,
    ManageAreas,
    ManageOrganisations,
    ManageUnits,
    ManageFunctions,
    AppointHolders,
    RunCycle,
    SubmitReport,
    Remind,
    ManageProblems,
    Compile,
    EditPicture,
    AdoptPicture,
    DistributePicture,
    AcknowledgePicture,
    ManageDistribution,
    WriteAddendum,
    ReadProgramme,
    ReadReports,
    ReadReporting,
    ReadWeek,
    ReadProblems,
    ReadCompilations,
    ReadDraft,
    ReadPicture,
    ReadAddendum,
}
