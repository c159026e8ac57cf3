namespace Rift.Learning.Tests;

/// <summary>Synthetic recovery: in how many data sets of a known truth the 95 % intervals hold it.</summary>
public class RecoveryTests
{
    private const int Episodes = 60, Horizon = 20;

    [Test]
    public void The_intervals_hold_the_truth_in_95_percent_of_sixty_data_sets() => Recovers(60);

    [Test, Explicit("a campaign of half a minute; the same on sixty data sets is run always")]
    public void The_intervals_hold_the_truth_in_95_percent_of_a_thousand_data_sets() => Recovers(1000);

    private static void Recovers(int sets)
    {
        LinearProcess process = SmallProblems.Garnet(6);
        MarkovDecisionProcess mdp = process.At(SmallProblems.Truth);
        Policy expert = new SoftProblem(mdp, 1).Solve().Policy;
        int[] byHessian = new int[3], byOuterProduct = new int[3];
        for (int i = 0; i < sets; i++)
        {
            RewardEstimate fit = new MaximumLikelihood().Fit(process, DemonstrationRollouts.Draw(mdp, expert, Episodes, Horizon, seed: i));
            Assert.That(fit.Outcome, Is.EqualTo(FitOutcome.Converged));
            for (int k = 0; k < 3; k++)
            {
                double away = Math.Abs(fit.Point[k] - SmallProblems.Truth[k]) / HypothesisTest.Normal95;
                if (away <= fit.Parameters[k].HessianStandardError) byHessian[k]++;
                if (away <= fit.Parameters[k].StandardError) byOuterProduct[k]++;
            }
        }

        TestContext.Out.WriteLine($"{sets} data sets of {Episodes} x {Horizon} decisions: {string.Join(", ", byHessian)} by the Hessian, {string.Join(", ", byOuterProduct)} by the outer product");
        // Three and a half standard deviations of the binomial count: six counts, each of which a right program would miss with probability 5e-4.
        double expected = 0.95 * sets, within = 3.5 * Math.Sqrt(0.05 * expected);
        Assert.Multiple(() =>
        {
            Assert.That(byHessian, Is.All.EqualTo(expected).Within(within));
            Assert.That(byOuterProduct, Is.All.EqualTo(expected).Within(within));
        });
    }
}
