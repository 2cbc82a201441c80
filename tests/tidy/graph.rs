//! Who depends on whom, from `cargo metadata`. What only tests need is left out.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    process::Command,
};

use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, MetadataCommand};

use crate::tree;

/// Each package and the packages it names.
pub(crate) type Graph = BTreeMap<String, BTreeSet<String>>;

/// The rooms of the house, and the arrows between them.
pub(crate) fn rooms() -> Result<Graph> {
    let metadata = MetadataCommand::new().manifest_path(tree::root().join("Cargo.toml")).no_deps().exec()?;
    let names: BTreeSet<String> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let mut graph = Graph::new();
    for package in &metadata.packages {
        let needed = package.dependencies.iter().filter(|needed| needed.kind != DependencyKind::Development);
        let needed = needed.map(|needed| needed.name.clone()).filter(|name| names.contains(name));
        graph.insert(package.name.to_string(), needed.collect());
    }
    Ok(graph)
}

/// All packages as they are built on this machine, with the features that the whole house turns on.
/// Packages of one name in two versions are one here: neither may be reached.
pub(crate) fn resolved() -> Result<Graph> {
    let metadata = MetadataCommand::new()
        .manifest_path(tree::root().join("Cargo.toml"))
        .other_options(["--locked".to_owned(), "--filter-platform".to_owned(), host()?])
        .exec()?;
    let resolve = metadata.resolve.context("cargo metadata gave no resolved graph")?;
    let by_id: BTreeMap<_, _> =
        metadata.packages.iter().map(|package| (&package.id, &package.name)).collect();
    let name_of = |id| by_id.get(id).map(ToString::to_string).with_context(|| format!("{id} is no package"));
    let mut graph = Graph::new();
    for node in &resolve.nodes {
        let needed = graph.entry(name_of(&node.id)?).or_default();
        for dependency in &node.deps {
            if dependency.dep_kinds.iter().any(|kind| kind.kind != DependencyKind::Development) {
                needed.insert(name_of(&dependency.pkg)?);
            }
        }
    }
    Ok(graph)
}

/// Without it cargo would fetch what only other platforms need.
fn host() -> Result<String> {
    let told =
        Command::new("rustc").args(["--print", "host-tuple"]).output().context("rustc did not start")?;
    Ok(String::from_utf8(told.stdout)?.trim().to_owned())
}

/// Every package that can be reached, with the shortest way to it: `est → utoipa → serde`.
pub(crate) fn reached(graph: &Graph, from: &str) -> BTreeMap<String, String> {
    let mut ways = BTreeMap::from([(from.to_owned(), from.to_owned())]);
    let mut waiting = VecDeque::from([from.to_owned()]);
    while let Some(package) = waiting.pop_front() {
        let way = ways.get(&package).cloned().unwrap_or_default();
        for needed in graph.get(&package).into_iter().flatten() {
            if !ways.contains_key(needed) {
                ways.insert(needed.clone(), format!("{way} → {needed}"));
                waiting.push_back(needed.clone());
            }
        }
    }
    ways.remove(from);
    ways
}

/// A made-up graph, to show that a check can fail.
pub(crate) fn drawn(arrows: &[(&str, &[&str])]) -> Graph {
    let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect();
    arrows.iter().map(|(package, needed)| ((*package).to_owned(), owned(needed))).collect()
}

#[test]
fn a_distant_package_is_reached_by_its_shortest_way() {
    let graph = drawn(&[("a", &["b", "c"]), ("b", &["d"]), ("c", &[]), ("d", &["a", "e"])]);
    let ways = reached(&graph, "a");
    assert_eq!(ways.get("e").map(String::as_str), Some("a → b → d → e"));
    assert_eq!(ways.len(), 4);
}
