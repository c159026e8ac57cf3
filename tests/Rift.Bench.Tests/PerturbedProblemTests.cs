using Rift.Mdp;

namespace Rift.Bench.Tests;

/// <summary>Perturbed problems share their kernel, differ from one another, and are the same in every run.</summary>
public class PerturbedProblemTests
{
    private static readonly MarkovDecisionProcess _process = StandardWorkloads.Garnet("garnet", states: 9, actions: 3, branching: 2, seed: 5, discount: 0.9).Process();

    [Test]
    public void They_share_the_kernel_and_differ_within_what_is_said()
    {
        SoftProblem[] problems = PerturbedProblems.InAll(_process, temperature: 0.1, count: 4);
        foreach (SoftProblem problem in problems)
        {
            Assert.That(problem.Mdp.Kernel, Is.SameAs(_process.Kernel));
            Assert.That((problem.Mdp.Reward - _process.Reward).MaxAbs(), Is.AtMost(0.1 + Rounding.Unit).And.GreaterThan(0));
            Assert.That(problem.LogBase!.MaxAbs(), Is.AtMost(0.5).And.GreaterThan(0));
            Assert.That(problem.Temperature, Is.InRange(0.08, 0.12));
        }

        Assert.That(problems.Select(problem => problem.Temperature), Is.Unique);
    }

    [Test]
    public void A_problem_is_the_same_however_many_there_are()
    {
        Assert.That(PerturbedProblems.WithRewards(_process, 0.1, 2)[1].Mdp.Reward.Entries.ToArray(), Is.EqualTo(PerturbedProblems.WithRewards(_process, 0.1, 5)[1].Mdp.Reward.Entries.ToArray()));
        Assert.That(PerturbedProblems.WithStarts(_process, 2)[1].Initial.ToArray(), Is.EqualTo(PerturbedProblems.WithStarts(_process, 5)[1].Initial.ToArray()));
        Assert.That(PerturbedProblems.WithStarts(_process, 2)[1].Initial.ToArray(), Is.Not.EqualTo(PerturbedProblems.WithStarts(_process, 2)[0].Initial.ToArray()));
    }
}
