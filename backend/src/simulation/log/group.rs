//! Who reads which partition: what Kafka's group coordinator does, twice a second.

use super::super::world::World;
use super::cluster::{Cluster, Member, MemberNo, Reader};
use super::consumer::Assigned;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// How often the coordinator looks.
const LOOK: Duration = Duration::from_millis(500);

/// After how long without a word a saver is taken for dead.
const SESSION: Duration = Duration::from_secs(3);

/// How long a reader may take to come to an end before its partition is given away without it.
const DRAIN: Duration = Duration::from_secs(5);

/// Coordinates for as long as the world lasts.
pub async fn coordinate(world: Arc<World>) {
    loop {
        tokio::time::sleep(LOOK).await;
        look(&world, &mut world.cluster());
    }
}

/// Asks the reader of a partition to come to an end, so that another saver may have it.
pub fn move_away(cluster: &mut Cluster, partition: usize) {
    if let Some(reader) = &mut cluster.partitions[partition].reader {
        reader.stop.cancel();
        reader.draining_since.get_or_insert_with(Instant::now);
    }
}

fn look(world: &World, cluster: &mut Cluster) {
    let now = Instant::now();
    for member in cluster.members.values_mut() {
        let silent_since = member.silent_since.unwrap_or(now);
        member.silent_since = (!member.process.is_running()).then_some(silent_since);
    }
    let is_gone = |member: &Member| member.silent_since.is_some_and(|since| now - since >= SESSION);
    let gone: Vec<MemberNo> = cluster.members.iter().filter(|(_, it)| is_gone(it)).map(|(no, _)| *no).collect();
    for partition in 0..cluster.partitions.len() {
        take_back(world, cluster, partition, &gone, now);
    }
    let is_over =
        |no: &MemberNo, member: &Member| member.process.is_dead() && gone.contains(no) || member.stop.is_cancelled();
    cluster.members.retain(|no, member| !is_over(no, member));
    let present: Vec<MemberNo> = cluster.members.keys().copied().filter(|no| !gone.contains(no)).collect();
    for partition in 0..cluster.partitions.len() {
        if cluster.partitions[partition].reader.is_none()
            && let Some(member) = world.chance.pick(&present)
        {
            give(world, cluster, partition, *member);
        }
    }
}

/// Takes a partition from a reader that has come to its end, had its time, or is gone.
fn take_back(world: &World, cluster: &mut Cluster, partition: usize, gone: &[MemberNo], now: Instant) {
    let Cluster { partitions, members, .. } = cluster;
    let partition = &mut partitions[partition];
    let Some(reader) = &mut partition.reader else { return };
    let has_left = members.get(&reader.member).is_none_or(|member| member.stop.is_cancelled());
    if has_left {
        reader.draining_since.get_or_insert(now);
    }
    let has_had_its_time = reader.draining_since.is_some_and(|since| reader.is_done || now - since >= DRAIN);
    let is_lost = gone.contains(&reader.member);
    if !has_had_its_time && !is_lost {
        return;
    }
    let (member, stop) = (reader.member, reader.stop.clone());
    match members.get(&member).filter(|_| is_lost && !has_left) {
        Some(silent) => {
            tell_once_awake(world, silent, &stop);
            partition.outdated.push((member, stop));
        }
        None => stop.cancel(),
    }
    partition.reader = None;
    partition.generation += 1;
}

/// Whoever stands still hears that a partition is lost a while after it has woken.
fn tell_once_awake(world: &World, member: &Member, stop: &CancellationToken) {
    let (process, stop, wait) = (Arc::clone(&member.process), stop.clone(), world.chance.millis(0, 1_500));
    tokio::spawn(async move {
        process.gate().await;
        tokio::time::sleep(wait).await;
        stop.cancel();
    });
}

fn give(world: &World, cluster: &mut Cluster, no: usize, to: MemberNo) {
    let partition = &mut cluster.partitions[no];
    let member = &cluster.members[&to];
    let stop = member.stop.child_token();
    // Nobody is given what it has not let go of.
    partition.outdated.retain(|(member, stop)| {
        let is_same = *member == to;
        if is_same {
            stop.cancel();
        }
        !is_same && !stop.is_cancelled()
    });
    partition.generation += 1;
    let (generation, committed) = (partition.generation, partition.committed);
    let assigned = Assigned { partition: no, generation, committed, stop: stop.clone() };
    world.trace.note(member.process.name(), format_args!("is given partition {no} from {committed} on"));
    // Nobody hears it where the saver has just died; the next look finds that out.
    let _ = member.assigned.send(assigned);
    partition.reader = Some(Reader { member: to, stop, is_done: false, draining_since: None });
}
