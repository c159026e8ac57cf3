using Rift.Models;

namespace Rift.Learning.Tests;

public class TuningTests
{
    private static readonly MarkovDecisionProcess _cliff = WorldCatalog.Create("windycliff");
    private static readonly Expert _expert = Expert.Of(_cliff);
    private static readonly Policy _prior = Prior.Cloned(_expert, 2, 0.1, 60, new SplittableRandom(5));
    private static readonly StateActionTable _phi = new NoisyStrategy(new QGapStrategy(0.036), 0.1).Table(_expert, null, new SplittableRandom(6));

    private static Policy Tuned(Tuning tuning)
    {
        SoftSolution solution = new Auto { Tolerance = Tolerance.RoundingFloor }.Solve(tuning.Problem(_cliff, _prior, _phi));
        return Tuning.PolicyOf(solution.RequireConverged(), _cliff);
    }

    private static double Furthest(Policy one, Policy other) => (one.Probabilities - other.Probabilities).MaxAbs();

    [Test]
    public void The_defaults_are_fine_tuning_with_the_temperature_as_its_weight()
    {
        SoftProblem problem = new Tuning { Temperature = 0.3 }.Problem(_cliff, _prior, _phi), expected = SoftProblem.FineTuning(_cliff, _prior, -_phi, 0.3);
        Assert.That(problem.LogBase!.Entries.ToArray(), Is.EqualTo(expected.LogBase!.Entries.ToArray()));
        Assert.That(problem.Mdp.Reward.Entries.ToArray(), Is.EqualTo(expected.Mdp.Reward.Entries.ToArray()));
        Assert.That((problem.Temperature, problem.Ties), Is.EqualTo((expected.Temperature, expected.Ties)));
    }

    // Fact F8: without a residual nothing changes, whatever becomes of stopped episodes, as long as nothing is earned by going on.
    [TestCase(false, 0, 1e-12)]
    [TestCase(true, 0, 1e-12)]
    [TestCase(false, 1, 1e-10)]
    [TestCase(false, -1, 1e-10)]
    public void Without_a_residual_the_prior_stays(bool terminate, double offset, double most) =>
        Assert.That(Furthest(Tuned(new Tuning { Temperature = 1, PaysForStops = false, StopsTerminate = terminate, Offset = offset }), _prior), Is.LessThanOrEqualTo(most));

    // Fact F12: what a stop then costs is the surplus of all steps to come, gamma C / (1 - gamma), and the end of the residual's own value.
    [Test]
    public void A_surplus_that_a_terminal_stop_ends_is_a_residual()
    {
        const double surplus = 0.05;
        double price = _cliff.Discount * surplus / (1 - _cliff.Discount);
        MarkovDecisionProcess stopped = Termination.Of(_cliff, _phi);
        SoftProblem equal = SoftProblem.FineTuning(stopped, Termination.Extended(_prior), Termination.Extended(-price * _phi, 0), 1);
        Policy expected = Tuning.PolicyOf(new Auto { Tolerance = Tolerance.RoundingFloor }.Solve(equal), _cliff);
        Policy found = Tuned(new Tuning { Temperature = 1, PaysForStops = false, StopsTerminate = true, Offset = surplus });
        Assert.That(Furthest(found, expected), Is.LessThan(1e-10));
        Assert.That(Furthest(found, _prior), Is.GreaterThan(0.1));
    }

    [Test]
    public void An_end_that_earns_nothing_is_shunned_where_steps_earn_something()
    {
        double Success(Policy policy) => EpisodeEvaluation.Of(_cliff, policy, _phi, TimeLimit.FixedHorizon, 60).Success!.Value.Value;
        Policy lingering = Tuned(new Tuning { Temperature = 1, PaysForStops = false, Offset = 0.5, EndsEarnOffset = false });
        Assert.That(Success(lingering), Is.LessThan(Success(_prior) - 0.3));
    }

    [Test]
    public void At_scale_zero_the_prior_is_forgotten()
    {
        SoftProblem forgotten = SoftProblem.ResidualQLearning(_cliff, Policy.Uniform(_cliff.Kernel), -_phi, 1, priorScale: 0);
        Policy expected = new Auto { Tolerance = Tolerance.RoundingFloor }.Solve(forgotten).Policy;
        Assert.That(Furthest(Tuned(new Tuning { Temperature = 1, PriorScale = 0, Offset = 0.1 }), expected), Is.LessThanOrEqualTo(1e-10));
    }

    [Test]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.That(() => new Tuning { Temperature = 1, PriorScale = -1 }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Tuning { Temperature = 1, Offset = double.NaN }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Tuning { Temperature = -1 }.Problem(_cliff, _prior, _phi), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
