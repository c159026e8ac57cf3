using Rift.Models;
using Rift.Theory;

namespace Rift.Learning.Tests;

public class MaximumLikelihoodTests
{
    [Test]
    public void One_state_without_future_is_a_logit_in_closed_form()
    {
        // theta pays for action 1: the maximum is the log-odds, and the information n p (1 - p).
        LinearProcess process = Bandit();
        RewardEstimate fit = new MaximumLikelihood().Fit(process, Counted(process, 30, 90));
        ParameterEstimate theta = fit.Parameters[0];
        Assert.Multiple(() =>
        {
            Assert.That(fit.Outcome, Is.EqualTo(FitOutcome.Converged));
            Assert.That(theta.Estimate, Is.EqualTo(Math.Log(3)).Within(1e-7 * theta.HessianStandardError));
            Assert.That(theta.HessianStandardError, Is.EqualTo(Math.Sqrt((1 / 30.0) + (1 / 90.0))).Within(1e-7));
            Assert.That(theta.StandardError, Is.EqualTo(theta.HessianStandardError).Within(1e-7));
            Assert.That(fit.LogLikelihood, Is.EqualTo((30 * Math.Log(0.25)) + (90 * Math.Log(0.75))).Within(fit.LogLikelihoodOfChoices.ErrorBound + 1e-12));
            Assert.That(fit.IsGlobal, Is.True);
            Assert.That(fit.AgainstNoReward().Statistic, Is.EqualTo(2 * ((30 * Math.Log(0.25)) + (90 * Math.Log(0.75)) - (120 * Math.Log(0.5)))).Within(1e-9));
            Assert.That(theta.IsZero.PValue, Is.EqualTo(1.8764768511658663e-07).Within(1e-12));
        });
    }

    [Test]
    public void The_expert_s_own_policy_gives_its_reward_back([Range(1, 8)] long seed, [Values(0.5, 0.95)] double discount)
    {
        LinearProcess process = SmallProblems.Garnet(seed, discount: discount);
        MarkovDecisionProcess mdp = process.At(SmallProblems.Truth);
        MaximumLikelihood exactly = new() { Temperature = 0.5, Tolerance = 1e-9 };
        RewardEstimate fit = exactly.Fit(process, Demonstrations.OfPolicy(Visitation.Of(mdp, new SoftProblem(mdp, 0.5).Solve().Policy)));
        double[,] information = fit.Information(ErrorFormula.Hessian);
        Assert.Multiple(() =>
        {
            Assert.That(fit.Outcome, Is.EqualTo(FitOutcome.Converged));
            Assert.That(fit.IsGlobal, Is.True);
            Assert.That(fit.Identification.IsComplete, Is.True);
            // The decrement measures in standard errors of one demonstration; the least information per parameter turns it into the parameter's units.
            double loosest = Enumerable.Range(0, 3).Max(k => Math.Sqrt(SymmetricMatrix.InverseWithin(information, Identity(3))![k, k]));
            for (int k = 0; k < 3; k++) Assert.That(fit.Point[k], Is.EqualTo(SmallProblems.Truth[k]).Within(2e-9 * loosest));
            Assert.That(fit.Covariance(), Is.Null);
        });
    }

    [Test]
    public void A_policy_of_a_free_reward_is_found_up_to_one_shaping_direction_a_state([Range(1, 4)] long seed)
    {
        MarkovDecisionProcess mdp = Models.Garnet.Create(4, 3, 2, seed, 0.9);
        Policy expert = new SoftProblem(mdp, 1).Solve().Policy;
        Demonstrations watched = Demonstrations.OfPolicy(Visitation.Of(mdp.WithInitial([0.25, 0.25, 0.25, 0.25]), expert));
        RewardEstimate fit = new MaximumLikelihood { Tolerance = 1e-10 }.Fit(LinearProcess.Free(mdp), watched);
        FreeReward closed = FreeReward.Of(mdp.Kernel, watched, 1);
        DescentReport descent = new ImitationDescent { Tolerance = 1e-12 }.Run(new Imitation(mdp.WithInitial([0.25, 0.25, 0.25, 0.25]), expert), 1);
        Assert.Multiple(() =>
        {
            Assert.That(fit.Outcome, Is.EqualTo(FitOutcome.Converged));
            Assert.That(fit.Identification.Rank, Is.EqualTo(4 * 2));
            Assert.That(fit.Identification.Rank, Is.EqualTo(closed.Rank));
            Assert.That(fit.Identification.Blind, Has.Count.EqualTo(closed.ShapingDirections));
            Assert.That(fit.Identification.Blind.Select(direction => direction.Cause), Is.All.EqualTo(Blindness.Shaping));
            for (int s = 0; s < 4; s++)
            {
                for (int a = 0; a < 3; a++)
                {
                    Assert.That(fit.Solution.Policy.LogProbability(s, a), Is.EqualTo(expert.LogProbability(s, a)).Within(1e-8));
                    Assert.That(closed.Policy.LogProbability(s, a), Is.EqualTo(expert.LogProbability(s, a)).Within(1e-10));
                    Assert.That(descent.Solution.Policy.Probability(s, a), Is.EqualTo(expert.Probability(s, a)).Within(1e-4));
                }
            }
        });
    }

    [Test]
    public void The_units_of_a_feature_do_not_matter()
    {
        LinearProcess process = SmallProblems.Garnet(3);
        Demonstrations data = Demonstrations.FromCounts(SmallProblems.Counts(process, 5));
        MarkovDecisionProcess frame = process.At([0, 0, 0]);
        LinearProcess scaled = new(frame, [.. process.Features.Select((feature, k) => k == 0 ? feature with { Values = 1e6 * feature.Values } : feature)]);
        RewardEstimate plain = new MaximumLikelihood().Fit(process, data), large = new MaximumLikelihood().Fit(scaled, data);
        Assert.Multiple(() =>
        {
            Assert.That(large.Steps, Is.EqualTo(plain.Steps));
            for (int k = 0; k < 3; k++)
            {
                double unit = k == 0 ? 1e-6 : 1;
                Assert.That(large.Point[k], Is.EqualTo(unit * plain.Point[k]).Within(unit * 2e-7 * plain.Parameters[k].HessianStandardError));
                Assert.That(large.Parameters[k].StandardError, Is.EqualTo(unit * plain.Parameters[k].StandardError).Within(unit * 1e-6 * plain.Parameters[k].StandardError));
            }
        });
    }

    [Test]
    public void At_a_maximum_the_gradient_is_nothing_beside_its_error_and_the_likelihood_falls_on_all_sides([Range(1, 6)] long seed, [Values] bool unknownDynamics)
    {
        LinearProcess process = unknownDynamics ? SmallProblems.Mixture(seed) : SmallProblems.Garnet(seed);
        Demonstrations data = unknownDynamics
            ? Demonstrations.FromOutcomes([.. Enumerable.Range(0, 3).Select(j => SmallProblems.Counts(process, seed + j))])
            : Demonstrations.FromCounts(SmallProblems.Counts(process, seed));
        RewardEstimate fit = new MaximumLikelihood().Fit(process, data);
        Assert.Multiple(() =>
        {
            Assert.That(fit.Outcome, Is.EqualTo(FitOutcome.Converged));
            for (int k = 0; k < process.Parameters; k++)
            {
                Assert.That(Math.Abs(fit.Gradient[k]) * fit.Parameters[k].HessianStandardError, Is.LessThan(1e-6));
                foreach (double by in new[] { -0.1, 0.1 })
                {
                    double[] beside = [.. fit.Point];
                    beside[k] += by * fit.Parameters[k].HessianStandardError;
                    Assert.That(Likelihood.At(process, data, 1, beside)!.Value, Is.LessThan(fit.LogLikelihood));
                }
            }
        });
    }

    [Test]
    public void Where_no_decision_contradicts_the_parameters_go_to_infinity_and_a_penalty_holds_them()
    {
        LinearProcess process = Bandit();
        Demonstrations always = Counted(process, 0, 40);
        RewardEstimate separated = new MaximumLikelihood().Fit(process, always), never = new MaximumLikelihood().Fit(process, Counted(process, 40, 0)), held = new MaximumLikelihood { Ridge = 0.5 }.Fit(process, always);
        Assert.Multiple(() =>
        {
            Assert.That(separated.Outcome, Is.EqualTo(FitOutcome.Separated));
            Assert.That(separated.Diverging, Is.EqualTo(new[] { "theta" }));
            Assert.That(never.Diverging, Is.EqualTo(new[] { "-theta" }));
            Assert.That(separated.Parameters[0].StandardError, Is.NaN);
            Assert.That(held.Outcome, Is.EqualTo(FitOutcome.Converged));
            // 40 / (1 + e^theta) = theta / 2.
            Assert.That(40 / (1 + Math.Exp(held.Point[0])), Is.EqualTo(held.Point[0] / 2).Within(1e-6));
        });
    }

    [Test]
    public void A_policy_that_never_errs_wants_its_reward_without_end()
    {
        MarkovDecisionProcess forest = WorldCatalog.Create("forest:4");
        Demonstrations never = Demonstrations.OfPolicy(Visitation.Of(forest, new SoftProblem(forest, 0).Solve().Policy));
        RewardEstimate fit = new MaximumLikelihood().Fit(new LinearProcess(forest, [new("task", forest.Reward)]), never);
        Assert.That(fit.Outcome, Is.EqualTo(FitOutcome.Separated));
        Assert.That(fit.Diverging, Is.EqualTo(new[] { "task" }));
    }

    [Test]
    public void A_rare_choice_is_no_separation()
    {
        LinearProcess process = Bandit();
        RewardEstimate fit = new MaximumLikelihood().Fit(process, Counted(process, 1, 1_000_000));
        Assert.That(fit.Outcome, Is.EqualTo(FitOutcome.Converged));
        Assert.That(fit.Point[0], Is.EqualTo(Math.Log(1_000_000)).Within(1e-6));
    }

    [Test]
    public void A_likelihood_that_is_not_concave_is_told_and_still_climbed()
    {
        // One was seen to decide only where the process hardly goes by itself: what these visits would need as a start is negative elsewhere.
        LinearProcess process = SmallProblems.Garnet(2);
        Demonstrations data = Demonstrations.FromCounts(StateActionTable.Create(process.States, process.Actions, (s, a) => s == 3 ? a + 1 : 0));
        RewardEstimate fit = new MaximumLikelihood { Ridge = 0.01 }.Fit(process, data);
        Assert.Multiple(() =>
        {
            Assert.That(fit.IsGlobal, Is.False);
            Assert.That(fit.Outcome, Is.EqualTo(FitOutcome.Converged));
            Assert.That(fit.LogLikelihood, Is.GreaterThan(6 * Math.Log(1.0 / 3)));
        });
    }

    [Test]
    public void A_cancelled_fit_and_one_without_steps_say_so()
    {
        LinearProcess process = SmallProblems.Garnet(1);
        Demonstrations data = Demonstrations.FromCounts(SmallProblems.Counts(process, 1));
        Assert.Multiple(() =>
        {
            Assert.That(new MaximumLikelihood().Fit(process, data, cancellation: new CancellationToken(canceled: true)).Outcome, Is.EqualTo(FitOutcome.Cancelled));
            RewardEstimate stopped = new MaximumLikelihood { MaxSteps = 1 }.Fit(process, data);
            Assert.That(stopped.Outcome, Is.EqualTo(FitOutcome.NotConverged));
            Assert.That(stopped.Steps, Is.EqualTo(1));
            Assert.That(stopped.Decrement, Is.GreaterThan(1e-7));
        });
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        LinearProcess process = SmallProblems.Garnet(1), mixture = SmallProblems.Mixture(1);
        Demonstrations data = Demonstrations.FromCounts(SmallProblems.Counts(process, 1));
        StateActionTable counts = SmallProblems.Counts(mixture, 1), none = 0 * counts;
        Assert.Multiple(() =>
        {
            Assert.That(() => new MaximumLikelihood().Fit(mixture, data), Throws.ArgumentException);
            Assert.That(() => new MaximumLikelihood().Fit(mixture, Demonstrations.FromCounts(counts)), Throws.ArgumentException.With.Message.StartsWith("found counts by 0 outcomes, expected 3"));
            Assert.That(() => new MaximumLikelihood().Fit(mixture, Demonstrations.FromOutcomes([counts, none, counts])), Throws.ArgumentException.With.Message.StartsWith("found no step that turned out as p1"));
            Assert.That(() => new MaximumLikelihood().Fit(process, data, [1, 2]), Throws.ArgumentException.With.Message.StartsWith("found 2 parameters, expected 3"));
            Assert.That(() => new MaximumLikelihood().Fit(process, data, [1, 2, double.NaN]), Throws.ArgumentException.With.Message.StartsWith("found a point outside the parameter space"));
            Assert.That(() => new MaximumLikelihood { Temperature = 0 }, Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new MaximumLikelihood { Ridge = -1 }, Throws.TypeOf<ArgumentOutOfRangeException>());
        });
    }

    private static LinearProcess Bandit()
    {
        TransitionKernelBuilder builder = new(1, 2);
        builder.Add(0, 0, 0, 1).Add(0, 1, 0, 1);
        return new LinearProcess(new MarkovDecisionProcess(builder.Build(), StateActionTable.Constant(1, 2, 0), [1], 0), [new RewardFeature("theta", new StateActionTable(1, 2, [0, 1]))]);
    }

    private static Demonstrations Counted(LinearProcess process, params double[] counts) => Demonstrations.FromCounts(new StateActionTable(process.States, process.Actions, counts));

    private static double[,] Identity(int n)
    {
        double[,] identity = new double[n, n];
        for (int i = 0; i < n; i++) identity[i, i] = 1;
        return identity;
    }
}
