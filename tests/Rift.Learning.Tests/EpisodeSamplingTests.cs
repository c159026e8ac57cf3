using Rift.Models;

namespace Rift.Learning.Tests;

/// <summary>The exact evaluation of episodes against episodes that are played out.</summary>
public class EpisodeSamplingTests
{
    private const int Episodes = 20_000, Horizon = 30;

    [Test]
    public void Exact_numbers_agree_with_sampled_episodes([Values] TimeLimit limit, [Values("frozenlake:4x4", "gridworld:S.X/..G,wind=0.1")] string world)
    {
        MarkovDecisionProcess mdp = WorldCatalog.Create(world);
        Expert expert = Expert.Of(mdp);
        Policy policy = Prior.Mixed(expert.Policy, 0.4, mdp.Kernel);
        StateActionTable phi = new NoisyStrategy(new QGapStrategy(0.05), 0.1).Phi(expert);
        EpisodeEvaluation exact = EpisodeEvaluation.Of(mdp, policy, phi, limit, Horizon);
        SplittableRandom random = new(20_26);
        Sample success = new(), failure = new(), earned = new(), length = new(), stopped = new();
        for (int i = 0; i < Episodes; i++)
        {
            Episode episode = Play(mdp, policy, phi, limit, random);
            success.Add(episode.Succeeded ? 1 : 0);
            failure.Add(episode.Ended && !episode.Succeeded ? 1 : 0);
            earned.Add(episode.Return);
            length.Add(episode.Length);
            stopped.Add(episode.Stopped ? 1 : 0);
        }

        Assert.Multiple(() =>
        {
            success.Agrees(exact.Success!.Value);
            failure.Agrees(exact.Failure!.Value);
            earned.Agrees(exact.Return);
            length.Agrees(exact.Length);
            stopped.Agrees(exact.Intervention);
        });
    }

    /// <summary>One episode to its end, and whether a supervisor would have stopped it on the way.</summary>
    private static Episode Play(MarkovDecisionProcess mdp, Policy policy, StateActionTable phi, TimeLimit limit, SplittableRandom random)
    {
        int state = random.NextIndex(mdp.Initial), steps = 0;
        double earned = 0;
        bool stopped = false, ended = false, succeeded = false;
        while (!ended)
        {
            int action = policy.Sample(state, random);
            stopped |= random.NextDouble() < phi[state, action];
            earned += mdp.Reward[state, action];
            steps++;
            Successor[] next = [.. mdp.Kernel.Successors(state, action)];
            int from = state;
            state = next[random.NextIndex([.. next.Select(n => n.Probability)])].State;
            ended = mdp.IsTerminal(state);
            // Of the ways to the end, the share that is success.
            if (ended) succeeded = random.NextDouble() * next.Single(n => n.State == state).Probability < mdp.Description.Success![from, action];
            else if (limit == TimeLimit.FixedHorizon ? steps == Horizon : random.NextInt(Horizon) == 0) break;
        }

        return new Episode(ended, succeeded, stopped, earned, steps);
    }

    private readonly record struct Episode(bool Ended, bool Succeeded, bool Stopped, double Return, int Length);

    private sealed class Sample
    {
        private double _sum, _squares;
        private int _count;

        public void Add(double x)
        {
            _sum += x;
            _squares += x * x;
            _count++;
        }

        /// <summary>Within four standard errors: five seeded comparisons of four runs, each of which a right program would miss with probability 6e-5.</summary>
        public void Agrees(CertifiedNumber exact)
        {
            double mean = _sum / _count, deviation = Math.Sqrt(Math.Max(0, (_squares / _count) - (mean * mean)) / _count);
            Assert.That(mean, Is.EqualTo(exact.Value).Within((4 * deviation) + exact.ErrorBound));
        }
    }
}
