using Rift.Models;

namespace Rift.Learning.Tests;

/// <summary>Exact numbers against episodes that are played: two roads that share nothing but the model.</summary>
[FsCheck.NUnit.Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class SampledEvaluationTests
{
    // At this level an interval of Clopper and Pearson leaves out the truth once in 10^9 runs, and one of Student about so often.
    private const double Sure = 1 - 1e-9;

    [Test]
    public void Exact_numbers_agree_with_sampled_episodes([Values] TimeLimit limit, [Values("frozenlake:4x4", "gridworld:S.X/..G,wind=0.1", "taxi")] string name)
    {
        const int horizon = 30;
        MarkovDecisionProcess mdp = WorldCatalog.Create(name);
        Expert expert = Expert.Of(mdp);
        Policy policy = Prior.Mixed(expert.Policy, 0.4, mdp.Kernel);
        StateActionTable phi = new NoisyStrategy(new QGapStrategy(0.05), 0.1).Phi(expert);
        EpisodeEvaluation exact = EpisodeEvaluation.Of(mdp, policy, phi, limit, horizon);
        Simulator world = new(mdp);
        SampledEvaluation sampled = SampledEvaluation.Of(world, policy, new Supervisor(phi), limit, horizon, 20_000, new SplittableRandom(2026), Sure);
        Assert.Multiple(() =>
        {
            Agree(exact.Success!.Value, sampled.Success!.Value);
            Agree(exact.Failure!.Value, sampled.Failure!.Value);
            Agree(exact.Intervention, sampled.Intervention);
            Agree(exact.Return, sampled.Return);
            Agree(exact.Length, sampled.Length);
            Agree(Visitation.Of(mdp, policy).Average(phi), SampledEvaluation.InterventionRate(world, policy, new Supervisor(phi), 20_000, new SplittableRandom(2027), Sure));
        });
    }

    // The process that remembers the offence turns a delay into an ordinary phi. A property draws new cases on every run: its false alarms are counted in 10^-9.
    [Property(MaxTest = 60)]
    public void The_share_of_stopped_episodes_is_what_the_process_with_a_memory_says(SmallProblem small, byte delay, int seed)
    {
        MarkovDecisionProcess mdp = small.Mdp;
        SplittableRandom random = new(seed);
        Supervisor supervisor = new(StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => mdp.IsTerminal(s) || !mdp.IsAvailable(s, a) ? 0 : random.NextDouble() * random.NextInt(2)), delay % 4);
        (MarkovDecisionProcess remembering, StateActionTable stops) = supervisor.Remembered(mdp);
        foreach (TimeLimit limit in Enum.GetValues<TimeLimit>())
        {
            CertifiedNumber exact = EpisodeEvaluation.StopProbability(remembering, supervisor.Remembered(small.Policy), stops, limit, 9);
            EpisodeRules rules = EpisodeRules.Of(limit, 9) with { Supervisor = supervisor };
            EpisodeSummary[] played = new Simulator(mdp).Summarise(small.Policy, rules, 3000, random);
            Agree(exact, ConfidenceInterval.OfProportion(played.Count(episode => episode.Ending == Ending.EmergencyStop), played.Length, Sure));
        }
    }

    // With Q and phi at hand, how often an interval misses is a binomial count: at 95 % no more than one in twenty may, for proportions; Student's is that only in the limit, and skewness moves it by less than 2 % here.
    [Test]
    public void Intervals_cover_the_exact_numbers_as_often_as_they_say()
    {
        const int seeds = 400, horizon = 100;
        MarkovDecisionProcess mdp = WorldCatalog.Create("frozenlake:4x4");
        Expert expert = Expert.Of(mdp);
        Policy policy = Prior.Mixed(expert.Policy, 0.3, mdp.Kernel);
        StateActionTable phi = new QGapStrategy(0.05).Phi(expert);
        EpisodeEvaluation exact = EpisodeEvaluation.Of(mdp, policy, phi, TimeLimit.FixedHorizon, horizon);
        Simulator world = new(mdp);
        int[] misses = new int[5];
        for (int seed = 0; seed < seeds; seed++)
        {
            SampledEvaluation sampled = SampledEvaluation.Of(world, policy, new Supervisor(phi), TimeLimit.FixedHorizon, horizon, 300, new SplittableRandom(seed));
            (ConfidenceInterval, CertifiedNumber)[] pairs =
                [(sampled.Success!.Value, exact.Success!.Value), (sampled.Failure!.Value, exact.Failure!.Value), (sampled.Intervention, exact.Intervention), (sampled.Return, exact.Return), (sampled.Length, exact.Length)];
            foreach ((int i, (ConfidenceInterval interval, CertifiedNumber truth)) in pairs.Index())
                if (!interval.Covers(truth.Value)) misses[i]++;
        }

        for (int i = 0; i < misses.Length; i++)
        {
            ConfidenceInterval share = ConfidenceInterval.OfProportion(misses[i], seeds, 1 - 1e-6);
            Assert.That(share.Low, Is.LessThan(i < 3 ? 0.05 : 0.07), $"number {i}: {misses[i]} misses");
            if (i >= 3) Assert.That(share.High, Is.GreaterThan(0.03), $"number {i}: {misses[i]} misses");
        }
    }

    private static void Agree(CertifiedNumber exact, ConfidenceInterval sampled)
    {
        Assert.That(sampled.Low, Is.LessThanOrEqualTo(exact.Value + exact.ErrorBound), $"{exact} {sampled}");
        Assert.That(sampled.High, Is.GreaterThanOrEqualTo(exact.Value - exact.ErrorBound), $"{exact} {sampled}");
    }
}
