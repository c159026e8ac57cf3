namespace Rift.Mdp.Tests;

public class SplittableRandomTests
{
    [Test]
    public void Bits_are_those_of_the_published_SplitMix64()
    {
        // Outputs for state 1234567 as published at rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64 from the reference code of Vigna (prng.di.unimi.it/splitmix64.c).
        SplittableRandom random = Seeded(state: 1234567);
        ulong[] found = [.. Enumerable.Range(0, 5).Select(_ => random.NextBits())];
        Assert.That(found, Is.EqualTo(new ulong[] { 6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821 }));
    }

    [Test]
    public void A_seed_means_the_same_numbers_for_ever()
    {
        SplittableRandom random = new(1);
        Assert.That(new[] { random.NextBits(), random.NextBits() }, Is.EqualTo(new[] { Published(First(1)), Published(First(1) + Golden) }));

        // First(s) is the first output of the published generator for seed s.
        static ulong First(ulong seed) => Published(seed);
        static ulong Published(ulong state) => Mix(state + Golden);
    }

    [Test]
    public void Uniform_numbers_fill_their_bins_evenly()
    {
        // Chi-square with 99 degrees of freedom: mean 99, deviation 14; 180 has probability 1e-6. The seed is pinned.
        const int Bins = 100, Draws = 200_000;
        foreach (SplittableRandom random in new[] { new SplittableRandom(7), SplittableRandom.Stream(7, 0), SplittableRandom.Stream(7, 1), new SplittableRandom(7).Split() })
        {
            int[] reals = new int[Bins], integers = new int[Bins];
            for (int i = 0; i < Draws; i++)
            {
                reals[(int)(Bins * random.NextDouble())]++;
                integers[random.NextInt(Bins)]++;
            }

            Assert.That(ChiSquare(reals, Draws / (double)Bins), Is.InRange(50, 180));
            Assert.That(ChiSquare(integers, Draws / (double)Bins), Is.InRange(50, 180));
        }
    }

    [Test]
    public void Streams_of_a_seed_are_independent()
    {
        // Correlation of n pairs of independent uniforms has deviation 1 / sqrt n: five of them are allowed.
        const int Draws = 100_000;
        foreach ((SplittableRandom x, SplittableRandom y) in Pairs())
        {
            double sum = 0;
            for (int i = 0; i < Draws; i++) sum += 12 * (x.NextDouble() - 0.5) * (y.NextDouble() - 0.5);
            Assert.That(Math.Abs(sum / Draws), Is.LessThan(5 / Math.Sqrt(Draws)));
        }

        static IEnumerable<(SplittableRandom, SplittableRandom)> Pairs()
        {
            for (int i = 0; i < 5; i++)
            {
                yield return (SplittableRandom.Stream(3, i), SplittableRandom.Stream(3, i + 1));
                yield return (SplittableRandom.Stream(i, 3), SplittableRandom.Stream(i + 1, 3));
                yield return (SplittableRandom.Stream(i, 3), new SplittableRandom(i));
                SplittableRandom parent = new(i);
                yield return (parent.Split(), parent);
            }
        }
    }

    [Test]
    public void Ten_thousand_streams_begin_differently()
    {
        HashSet<ulong> first = [];
        for (int seed = 0; seed < 100; seed++)
            for (int index = 0; index < 100; index++) first.Add(SplittableRandom.Stream(seed, index).NextBits());
        Assert.That(first, Has.Count.EqualTo(10_000));
    }

    [Test]
    public void A_stream_does_not_depend_on_what_was_drawn_elsewhere()
    {
        ulong before = SplittableRandom.Stream(5, 2).NextBits();
        _ = SplittableRandom.Stream(5, 1).NextBits();
        Assert.That(SplittableRandom.Stream(5, 2).NextBits(), Is.EqualTo(before));
    }

    [Test]
    public void A_split_with_a_weak_increment_is_mended()
    {
        // Of a thousand splits some draw an increment with fewer than 24 changes of bit; all streams must still differ and stay uniform.
        SplittableRandom parent = new(11);
        double sum = 0;
        HashSet<ulong> seen = [];
        for (int i = 0; i < 1000; i++)
        {
            SplittableRandom child = parent.Split();
            seen.Add(child.NextBits());
            for (int k = 0; k < 100; k++) sum += child.NextDouble();
        }

        Assert.That(seen, Has.Count.EqualTo(1000));
        Assert.That(sum / 100_000, Is.EqualTo(0.5).Within(5 / Math.Sqrt(12 * 100_000)));
    }

    [Test]
    public void Doubles_lie_in_the_half_open_interval_even_for_the_largest_draw()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Drawing(ulong.MaxValue).NextDouble(), Is.EqualTo(1 - Math.Pow(2, -53)));
            Assert.That(Drawing(0).NextDouble(), Is.Zero);
            Assert.That(Drawing(ulong.MaxValue).NextDouble(1, 2), Is.LessThan(2).And.GreaterThan(1.999));
            Assert.That(Drawing(0).NextDouble(1, 2), Is.EqualTo(1));
            Assert.That(Drawing(1UL << 63).NextDouble(-3, 5), Is.EqualTo(1));
        }
    }

    [Test]
    public void Exponential_numbers_are_positive_and_finite_for_the_smallest_and_the_largest_draw()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Drawing(0).NextExponential(), Is.GreaterThan(0).And.LessThan(38));
            Assert.That(Drawing(1UL << 11).NextExponential(), Is.GreaterThan(0).And.LessThan(38));
            Assert.That(Drawing(ulong.MaxValue).NextExponential(), Is.GreaterThan(0).And.LessThan(38));
            Assert.That(Drawing(0).NextDistribution(1), Is.EqualTo(new[] { 1.0 }));
        }
    }

    [Test]
    public void Exponential_and_normal_numbers_have_their_moments()
    {
        // Standard errors: sqrt(1/n) for both means, sqrt(2/n) for the normal variance, sqrt(8/n) for the exponential one.
        const int Draws = 200_000;
        SplittableRandom random = new(13);
        double mean = 0, square = 0, normalMean = 0, normalSquare = 0;
        for (int i = 0; i < Draws; i++)
        {
            double x = random.NextExponential(), z = random.NextNormal();
            (mean, square, normalMean, normalSquare) = (mean + (x / Draws), square + ((x - 1) * (x - 1) / Draws), normalMean + (z / Draws), normalSquare + (z * z / Draws));
        }

        double error = 5 / Math.Sqrt(Draws);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(mean, Is.EqualTo(1).Within(error));
            Assert.That(square, Is.EqualTo(1).Within(Math.Sqrt(8) * error));
            Assert.That(normalMean, Is.Zero.Within(error));
            Assert.That(normalSquare, Is.EqualTo(1).Within(Math.Sqrt(2) * error));
        }
    }

    [Test]
    public void Distributions_are_positive_and_sum_to_one()
    {
        SplittableRandom random = new(17);
        for (int count = 1; count < 20; count++)
        {
            double[] distribution = random.NextDistribution(count);
            Assert.That(distribution, Has.Length.EqualTo(count).And.All.GreaterThan(0));
            Assert.That(distribution.Sum(), Is.EqualTo(1).Within(1e-15 * count));
        }
    }

    [Test]
    public void An_index_is_drawn_as_often_as_its_probability_says()
    {
        double[] probabilities = [0, 0.5, 0, 0.125, 0.375, 0];
        const int Draws = 100_000;
        int[] counts = new int[probabilities.Length];
        SplittableRandom random = new(19);
        for (int i = 0; i < Draws; i++) counts[random.NextIndex(probabilities)]++;
        for (int i = 0; i < counts.Length; i++)
            Assert.That(counts[i] / (double)Draws, Is.EqualTo(probabilities[i]).Within(5 * Math.Sqrt(probabilities[i] * (1 - probabilities[i]) / Draws)));
    }

    [Test]
    public void What_rounding_leaves_over_goes_to_the_last_positive_probability() =>
        Assert.That(Drawing(ulong.MaxValue).NextIndex([0.5, 0.25, 0, 0.25 - 1e-13, 0]), Is.EqualTo(3));

    [Test]
    public void An_integer_below_a_count_that_does_not_divide_2_to_the_64_has_no_bias()
    {
        // Lemire's method rejects low words below 2^64 mod n; the lowest draw is rejected for n = 3 (2^64 mod 3 = 1) and kept for n = 4.
        Assert.That(Drawing(0).NextInt(4), Is.Zero);
        SplittableRandom rejecting = Drawing(0), following = Drawing(0);
        following.NextBits();
        ulong second = following.NextBits();
        Assert.That(rejecting.NextInt(3), Is.EqualTo((int)Math.BigMul(second, 3UL, out _)));
    }

    [Test]
    public void Refusals_name_what_was_found()
    {
        SplittableRandom random = new(0);
        Assert.That(() => random.NextInt(0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("found a number below 1, expected at least 1 (Parameter 'count')"));
        Assert.That(() => random.NextDistribution(0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => random.NextIndex([0, 0]), Throws.ArgumentException.With.Message.EqualTo("found no positive probability, expected at least one (Parameter 'probabilities')"));
        Assert.That(() => random.NextIndex([]), Throws.ArgumentException);
    }

    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>A generator whose first draw is the given bits.</summary>
    private static SplittableRandom Drawing(ulong bits) => Seeded(Unmix(bits) - Golden);

    /// <summary>The generator whose internal state is the given one: the constructor mixes the seed, and mixing can be undone.</summary>
    private static SplittableRandom Seeded(ulong state) => new((long)(Unmix(state) - Golden));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static ulong Unmix(ulong z)
    {
        z = (z ^ (z >> 31) ^ (z >> 62)) * Inverse(0x94D049BB133111EB);
        z = (z ^ (z >> 27) ^ (z >> 54)) * Inverse(0xBF58476D1CE4E5B9);
        return z ^ (z >> 30) ^ (z >> 60);
    }

    /// <summary>The inverse of an odd number modulo 2^64, by Newton's method: each step doubles the correct bits.</summary>
    private static ulong Inverse(ulong odd)
    {
        ulong x = odd;
        for (int i = 0; i < 5; i++) x *= 2 - (odd * x);
        return x;
    }

    private static double ChiSquare(int[] counts, double expected) => counts.Sum(count => (count - expected) * (count - expected) / expected);
}
