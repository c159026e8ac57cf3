namespace Rift.Learning.Tests;

/// <summary>Standard errors, tests, bootstrap, prediction.</summary>
public class InferenceTests
{
    private static readonly LinearProcess _process = SmallProblems.Garnet(4);

    // Rust (1987) prints .0529 for the myopia test of group 4, 3.746.
    [TestCase(3.841458820694124, 1, 0.05, 1e-12)]
    [TestCase(9.210340371976184, 2, 0.01, 1e-12)]
    [TestCase(3.746, 1, 0.0529, 5e-5)]
    [TestCase(0, 3, 1, 0)]
    public void Chi_squared_tails_are_those_of_the_tables_and_of_the_paper(double statistic, int degreesOfFreedom, double p, double printed) =>
        Assert.That(HypothesisTest.ChiSquared("", statistic, degreesOfFreedom).PValue, Is.EqualTo(p).Within(printed));

    [Test]
    public void Far_out_a_tail_keeps_its_digits() => Assert.That(HypothesisTest.ChiSquared("", 1000, 1).PValue, Is.EqualTo(1.7958327848006385e-219).Within(1e-230));

    [Test]
    public void Wald_and_likelihood_ratio_agree_where_the_hypothesis_is_near_the_estimate()
    {
        MarkovDecisionProcess truth = _process.At([0.4, 0, 0.2]);
        Demonstrations data = DemonstrationRollouts.Draw(truth, new SoftProblem(truth, 1).Solve().Policy, episodes: 400, horizon: 25, seed: 3);
        RewardEstimate full = new MaximumLikelihood().Fit(_process, data), restricted = new MaximumLikelihood().Fit(_process.With(name => name != "b"), data);
        HypothesisTest ratio = full.LikelihoodRatio(restricted), wald = full.Wald(new Dictionary<string, double> { ["b"] = 0 });
        Assert.Multiple(() =>
        {
            Assert.That(ratio.DegreesOfFreedom, Is.EqualTo(1));
            Assert.That(wald.Name, Is.EqualTo("b = 0 (Wald)"));
            Assert.That(wald.Statistic, Is.EqualTo(full.Parameters[1].IsZero.Statistic).Within(1e-9));
            // Ten thousand decisions: the outer product and the curvature of the likelihood differ by some percents.
            Assert.That(wald.Statistic, Is.EqualTo(ratio.Statistic).Within(0.1 * ratio.Statistic));
            Assert.That(full.Wald(new Dictionary<string, double> { ["a"] = 0, ["c"] = 0 }).PValue, Is.LessThan(1e-6));
            Assert.That(() => full.Wald(new Dictionary<string, double> { ["d"] = 0 }), Throws.ArgumentException);
            Assert.That(() => full.LikelihoodRatio(full), Throws.ArgumentException);
        });
    }

    [Test]
    public void The_bootstrap_depends_on_the_seed_alone_and_agrees_with_the_asymptotic_error()
    {
        MarkovDecisionProcess truth = _process.At(SmallProblems.Truth);
        Demonstrations data = DemonstrationRollouts.Draw(truth, new SoftProblem(truth, 1).Solve().Policy, episodes: 100, horizon: 20, seed: 5);
        RewardEstimate fit = new MaximumLikelihood().Fit(_process, data);
        BootstrapResult one = new Bootstrap { Replications = 200, Seed = 1 }.Run(fit), two = new Bootstrap { Replications = 200, Seed = 1 }.Run(fit, new Execution { Threads = 2 });
        Assert.Multiple(() =>
        {
            Assert.That(one.Failures, Is.Zero);
            Assert.That(two.Points.SelectMany(point => point), Is.EqualTo(one.Points.SelectMany(point => point)));
            for (int k = 0; k < 3; k++)
            {
                // A standard error from 200 fits has one of its own of 1/sqrt(400): four of them.
                Assert.That(one.StandardError(k), Is.EqualTo(fit.Parameters[k].HessianStandardError).Within(0.25 * fit.Parameters[k].HessianStandardError));
                (double lower, double upper) = one.Interval(k);
                Assert.That(fit.Point[k], Is.InRange(lower, upper));
            }
        });
    }

    [Test]
    public void Counts_are_drawn_one_decision_at_a_time()
    {
        Demonstrations counted = Demonstrations.FromOutcomes([SmallProblems.Counts(_process, 1), SmallProblems.Counts(_process, 2)]);
        Demonstrations drawn = counted.Resampled(new SplittableRandom(3));
        Assert.Multiple(() =>
        {
            Assert.That(drawn.Total, Is.EqualTo(counted.Total));
            Assert.That(drawn.OutcomeCounts, Has.Count.EqualTo(2));
            Assert.That(drawn.Counts.Entries.ToArray(), Is.Not.EqualTo(counted.Counts.Entries.ToArray()));
            Assert.That(() => Demonstrations.FromCounts(StateActionTable.Constant(2, 2, 0.5)).Resampled(new SplittableRandom(0)), Throws.InvalidOperationException);
        });
    }

    [Test]
    public void The_band_of_a_probability_is_that_of_its_log_odds()
    {
        Demonstrations data = Demonstrations.FromCounts(SmallProblems.Counts(_process, 9));
        RewardEstimate fit = new MaximumLikelihood().Fit(_process, data);
        double[,] covariance = fit.Covariance()!;
        ProbabilityBand band = fit.Probability(2, 1);
        // The slope of the log-odds by differences of the likelihood's own policy.
        double[] slope = [.. Enumerable.Range(0, 3).Select(k => (LogOddsAt(k, 1e-5) - LogOddsAt(k, -1e-5)) / 2e-5)];
        double variance = 0;
        for (int k = 0; k < 3; k++)
            for (int l = 0; l < 3; l++) variance += slope[k] * covariance[k, l] * slope[l];
        double half = 1.959963984540054 * Math.Sqrt(variance), odds = Math.Log(band.Probability / (1 - band.Probability));
        Assert.Multiple(() =>
        {
            Assert.That(Math.Log(band.Upper / (1 - band.Upper)), Is.EqualTo(odds + half).Within(1e-7));
            Assert.That(Math.Log(band.Lower / (1 - band.Lower)), Is.EqualTo(odds - half).Within(1e-7));
        });

        double LogOddsAt(int k, double by)
        {
            double[] point = [.. fit.Point];
            point[k] += by;
            double p = Likelihood.At(_process, data, 1, point)!.Solution.Policy.Probability(2, 1);
            return Math.Log(p / (1 - p));
        }
    }

    [Test]
    public void What_would_be_done_otherwise_is_the_soft_optimum_there()
    {
        Demonstrations data = Demonstrations.FromCounts(SmallProblems.Counts(_process, 9));
        RewardEstimate fit = new MaximumLikelihood().Fit(_process, data);
        Counterfactual same = fit.If(new Dictionary<string, double> { ["a"] = fit.Point[0] }), other = fit.If(new Dictionary<string, double> { ["a"] = 5 }), patient = fit.If(fit.Solution.Problem.Mdp.WithDiscount(0.99));
        SoftSolution direct = new SoftProblem(_process.At([5, fit.Point[1], fit.Point[2]]), 1).Solve();
        Assert.Multiple(() =>
        {
            Assert.That(same.Distance, Is.LessThan(1e-9));
            Assert.That(other.After.Policy.Probability(1, 1), Is.EqualTo(direct.Policy.Probability(1, 1)).Within(1e-9));
            Assert.That(other.Distance, Is.GreaterThan(0.01));
            Assert.That(Enumerable.Range(0, 3).Sum(a => other.Rate(a).After.Value), Is.EqualTo(1).Within(1e-12));
            Assert.That(patient.After.Problem.Mdp.Discount, Is.EqualTo(0.99));
            Assert.That(() => fit.If(new Dictionary<string, double> { ["d"] = 1 }), Throws.ArgumentException);
        });
    }
}
