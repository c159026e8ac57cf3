using MathNet.Numerics.Distributions;

namespace Rift.Learning.Tests;

public class ConfidenceIntervalTests
{
    // Clopper and Pearson's interval at 95 %: 0 of n ends at 1 - 0.025^(1/n), and the others solve the binomial tails to 40 digits; 5 of 10 is the textbook's 0.1871 to 0.8129.
    [TestCase(0, 10, 0, 0.30849710781876)]
    [TestCase(10, 10, 0.69150289218124, 1)]
    [TestCase(5, 10, 0.18708602844739, 0.81291397155261)]
    [TestCase(1, 20, 0.00126508948979, 0.24873276277203)]
    public void The_interval_of_a_proportion_has_its_published_ends(int successes, int trials, double low, double high)
    {
        ConfidenceInterval interval = ConfidenceInterval.OfProportion(successes, trials);
        Assert.Multiple(() =>
        {
            Assert.That(interval.Estimate, Is.EqualTo((double)successes / trials));
            Assert.That(interval.Low, Is.EqualTo(low).Within(1e-10));
            Assert.That(interval.High, Is.EqualTo(high).Within(1e-10));
        });
    }

    // Exactly, by summing the binomial distribution over the counts whose interval covers the truth.
    [Test]
    public void The_interval_of_a_proportion_covers_every_truth_at_least_as_often_as_it_says([Values(1, 7, 40)] int trials, [Values(0.5, 0.95, 0.999)] double level)
    {
        ConfidenceInterval[] intervals = [.. Enumerable.Range(0, trials + 1).Select(k => ConfidenceInterval.OfProportion(k, trials, level))];
        for (double truth = 0.001; truth < 1; truth += 0.0271828)
            Assert.That(Enumerable.Range(0, trials + 1).Where(k => intervals[k].Covers(truth)).Sum(k => Binomial.PMF(truth, trials, k)), Is.GreaterThan(level - 1e-9), $"truth {truth}");
    }

    [Test]
    public void The_interval_of_a_mean_is_that_of_Student()
    {
        // 1 to 5: mean 3, standard deviation sqrt(5/2), t(4) at 97.5 % is 2.7764451052.
        ConfidenceInterval interval = ConfidenceInterval.OfMean([1, 2, 3, 4, 5]);
        double reach = 2.7764451051978 * Math.Sqrt(2.5 / 5);
        Assert.That((interval.Estimate, interval.Level), Is.EqualTo((3.0, 0.95)));
        Assert.That(interval.Low, Is.EqualTo(3 - reach).Within(1e-9));
        Assert.That(interval.High, Is.EqualTo(3 + reach).Within(1e-9));
    }

    [Test]
    public void Little_data_say_little()
    {
        Assert.That(ConfidenceInterval.OfProportion(0, 0), Is.EqualTo(new ConfidenceInterval(double.NaN, 0, 1, 0.95)));
        Assert.That(ConfidenceInterval.OfMean([]), Is.EqualTo(new ConfidenceInterval(double.NaN, double.NegativeInfinity, double.PositiveInfinity, 0.95)));
        Assert.That(ConfidenceInterval.OfMean([7]).Covers(-1e300), Is.True);
        Assert.That(ConfidenceInterval.OfMean([7, 7, 7]), Is.EqualTo(new ConfidenceInterval(7, 7, 7, 0.95)));
    }

    [Test]
    public void What_is_no_count_or_no_level_is_refused()
    {
        Assert.That(() => ConfidenceInterval.OfProportion(3, 2), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("successes"));
        Assert.That(() => ConfidenceInterval.OfProportion(0, -1), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("trials"));
        foreach (double level in new[] { 0, 1, double.NaN })
            Assert.That(() => ConfidenceInterval.OfMean([1, 2], level), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("level"));
    }
}
