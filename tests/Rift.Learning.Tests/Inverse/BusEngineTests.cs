using Rift.Models;

namespace Rift.Learning.Tests;

/// <summary>Table IX of Rust (1987), from the counts of the public data.</summary>
public class BusEngineTests
{
    private const double Nothing = 1e-9;

    [Test]
    public void Group_4_is_the_printed_table_to_the_last_digit([Values(0.9999, 0)] double discount)
    {
        (RewardEstimate fit, PublishedEstimates paper) = Fitted([4], discount);
        Assert.Multiple(() =>
        {
            foreach ((ParameterEstimate found, PublishedEstimate printed) in fit.Parameters.Zip(paper.Parameters))
            {
                Assert.That(found.Name, Is.EqualTo(printed.Name));
                Assert.That(found.Estimate, Is.EqualTo(printed.Estimate).Within(0.5e-4 + Nothing), found.Name);
                // RC and theta11 have errors of three decimals at 0.9999, and of four and three at 0; those of the probabilities have four.
                double digit = printed.Name == "RC" && discount == 0 || printed.Name.StartsWith("theta3", StringComparison.Ordinal) ? 1e-4 : 1e-3;
                // One error lies between two printed digits: 13.7785 is printed as 13.778.
                Assert.That(found.StandardError, Is.EqualTo(printed.StandardError).Within(0.51 * digit), found.Name);
            }

            // The paper's -3306.028 at discount 0 is one unit of the last digit off: -3306.0291 is a sum that anybody can redo.
            Assert.That(fit.LogLikelihood, Is.EqualTo(paper.LogLikelihood).Within(discount == 0 ? 1.1e-3 : 0.5e-3));
            Assert.That(fit.LogLikelihoodOfChoices.ErrorBound, Is.LessThan(0.5e-3));
        });
    }

    [Test]
    public void All_groups_agree_in_estimates_and_standard_errors_at_0_9999()
    {
        (RewardEstimate fit, PublishedEstimates paper) = Fitted([1, 2, 3, 4], 0.9999);
        Assert.Multiple(() =>
        {
            for (int k = 0; k < 2; k++)
            {
                Assert.That(fit.Point[k], Is.EqualTo(paper.Parameters[k].Estimate).Within(0.5e-4 + Nothing));
                Assert.That(fit.Parameters[k].StandardError, Is.EqualTo(paper.Parameters[k].StandardError).Within(0.5e-3 + Nothing));
            }
        });
    }

    // The increments of the public data of groups 1 to 3 are not quite the paper's, and its search at discount 0 ended a unit or two of the last digit before the maximum: 0.02 % of a standard error, or 0.5 % for the
    // standard error that is printed as 1.0417 and should be 1.0462.
    [Test]
    public void Elsewhere_the_difference_is_nothing_beside_the_standard_error([Values(0.9999, 0)] double discount, [Values] bool all)
    {
        (RewardEstimate fit, PublishedEstimates paper) = Fitted(all ? [1, 2, 3, 4] : [1, 2, 3], discount);
        Assert.Multiple(() =>
        {
            for (int k = 0; k < 2; k++)
            {
                Assert.That(fit.Point[k], Is.EqualTo(paper.Parameters[k].Estimate).Within(2e-4 * paper.Parameters[k].StandardError));
                Assert.That(fit.Parameters[k].StandardError, Is.EqualTo(paper.Parameters[k].StandardError).Within(5e-3 * paper.Parameters[k].StandardError));
            }

            for (int k = 2; k < 4; k++) Assert.That(fit.Point[k], Is.EqualTo(paper.Parameters[k].Estimate).Within(6e-4));
            Assert.That(fit.LogLikelihood - paper.LogLikelihood, Is.EqualTo(all ? 4.606 : discount == 0 ? 5.035 : 5.013).Within(1e-3));
        });
    }

    [Test]
    public void The_myopia_test_of_the_paper_is_found_again()
    {
        double patient = Fitted([4], 0.9999).Fit.LogLikelihood, myopic = Fitted([4], 0).Fit.LogLikelihood;
        HypothesisTest test = HypothesisTest.LikelihoodRatio(patient, myopic, 1);
        Assert.That(test.Statistic, Is.EqualTo(3.746).Within(3e-3));
        Assert.That(test.PValue, Is.EqualTo(0.0529).Within(1e-4));
    }

    [Test]
    public void With_known_increments_the_choices_alone_give_nearly_the_same()
    {
        BusEngineCounts counts = BusEngineCounts.Load(4);
        double[] increments = [.. counts.Increments.Select(n => (double)n / counts.Observations)];
        RewardEstimate fit = new MaximumLikelihood().Fit(BusEngineModel.UnknownCosts(increments), Demonstrations.FromCounts(counts.Demonstrations.Counts));
        Assert.Multiple(() =>
        {
            // The numbers of an independent program.
            Assert.That(fit.Point[0], Is.EqualTo(10.0749422).Within(1e-6));
            Assert.That(fit.Point[1], Is.EqualTo(2.29309298).Within(1e-6));
            Assert.That(fit.Parameters[0].StandardError, Is.EqualTo(1.58152923).Within(1e-6));
            Assert.That(fit.Parameters[1].HessianStandardError, Is.EqualTo(0.55384427).Within(1e-6));
            Assert.That(fit.LogLikelihood, Is.EqualTo(-163.5842836568395).Within(fit.LogLikelihoodOfChoices.ErrorBound));
        });
    }

    [Test]
    public void A_cheaper_engine_is_replaced_more_often()
    {
        RewardEstimate fit = Fitted([1, 2, 3, 4], 0.9999).Fit;
        Counterfactual cheaper = fit.If(new Dictionary<string, double> { ["RC"] = 5 });
        (CertifiedNumber before, CertifiedNumber after) = cheaper.Rate(1);
        Assert.That(after.Value - after.ErrorBound, Is.GreaterThan(before.Value + before.ErrorBound));
    }

    private static (RewardEstimate Fit, PublishedEstimates Paper) Fitted(int[] groups, double discount)
    {
        BusEngineCounts counts = BusEngineCounts.Load(groups);
        RewardEstimate fit = new MaximumLikelihood().Fit(BusEngineModel.Unknown(counts.LargestIncrement, discount), counts.Demonstrations);
        Assert.That(fit.Outcome, Is.EqualTo(FitOutcome.Converged));
        Assert.That(fit.Identification.IsComplete, Is.True);
        return (fit, PublishedEstimates.Of(groups, discount)!);
    }
}
