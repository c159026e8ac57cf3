using NUnit.Framework;
using Rift.Mdp;

namespace Rift.Testing;

/// <summary>
/// What every kernel promises, checked in exact arithmetic: rows that are distributions, maps that are what the rows say up to the roundings that the kernel
/// admits to and adjoint to each other, the same bits however states are cut into runs, and facts about itself that are true.
/// </summary>
/// <remarks>For small kernels: all S A S probabilities become fractions.</remarks>
public static class KernelContract
{
    /// <summary>Asserts the contract, on values and occupancies that the seed draws.</summary>
    public static void Assert(TransitionKernel kernel, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        SplittableRandom random = new(seed);
        double[] values = [.. Enumerable.Range(0, kernel.States).Select(_ => random.NextNormal() * Math.Pow(10, random.NextInt(7) - 3))];
        double[] occupancy = [.. Enumerable.Range(0, kernel.States * kernel.Actions).Select(_ => random.NextInt(4) == 0 ? 0 : random.NextNormal())];
        using (NUnit.Framework.Assert.EnterMultipleScope())
        {
            AssertRows(kernel);
            AssertRowsAreAdded(kernel);
            AssertExpectations(kernel, values);
            AssertRuns(kernel, values, random);
            AssertPush(kernel, occupancy);
            AssertAdjoint(kernel, values, occupancy);
            AssertPlacesAreChecked(kernel);
        }
    }

    /// <summary>Successors increase, probabilities are positive and sum to one within the error stated, and the facts count what is there.</summary>
    private static void AssertRows(TransitionKernel kernel)
    {
        long transitions = 0;
        bool all = true;
        for (int s = 0; s < kernel.States; s++)
        {
            bool any = false;
            for (int a = 0; a < kernel.Actions; a++)
            {
                Successor[] row = [.. kernel.Successors(s, a)];
                NUnit.Framework.Assert.That(row.Select(next => next.State), Is.Ordered.And.Unique.And.All.InRange(0, kernel.States - 1), Place("successors", s, a));
                NUnit.Framework.Assert.That(row.Select(next => next.Probability), Is.All.GreaterThan(0), Place("probabilities", s, a));
                NUnit.Framework.Assert.That(kernel.IsAvailable(s, a), Is.EqualTo(row.Length > 0), Place("available", s, a));
                if (row.Length > 0) AtMost((Sum(row.Select(next => (Rational)next.Probability)) - 1.0).Abs(), kernel.RowSumError, Place("distance of the row sum from one", s, a));
                transitions += row.Length;
                all &= row.Length > 0;
                any |= row.Length > 0;
            }

            NUnit.Framework.Assert.That(any, $"state {s} has an action");
        }

        NUnit.Framework.Assert.That(kernel.Transitions, Is.EqualTo(transitions), nameof(kernel.Transitions));
        NUnit.Framework.Assert.That(kernel.AllAvailable, Is.EqualTo(all), nameof(kernel.AllAvailable));
        NUnit.Framework.Assert.That(Math.Min(kernel.LargestRow, kernel.LargestColumn), Is.Positive, "the largest row and column");
        NUnit.Framework.Assert.That(kernel.RowSumError, Is.LessThanOrEqualTo(2 * TransitionKernel.RowSumTolerance));
    }

    /// <summary>A row added to a vector is the row of successors: each entry in one rounding for the product, one for the sum, and those of the probability.</summary>
    private static void AssertRowsAreAdded(TransitionKernel kernel)
    {
        for (int s = 0; s < kernel.States; s++)
        {
            for (int a = 0; a < kernel.Actions; a++)
            {
                double[] added = [.. Enumerable.Repeat(1.0, kernel.States)], expected = [.. added];
                kernel.AddRow(s, a, -0.3, added);
                foreach (Successor next in kernel.Successors(s, a)) expected[next.State] += -0.3 * next.Probability;
                NUnit.Framework.Assert.That(added, Is.EqualTo(expected).Within(2 * (kernel.LargestRow + 2) * Rounding.Unit), Place("the row added", s, a));
            }
        }
    }

    /// <summary>(E V)(s,a) is the sum over the successors, within the roundings of the sum and of the probabilities.</summary>
    private static void AssertExpectations(TransitionKernel kernel, double[] values)
    {
        StateActionTable expectations = kernel.Expect(values);
        for (int s = 0; s < kernel.States; s++)
        {
            for (int a = 0; a < kernel.Actions; a++)
            {
                Successor[] row = [.. kernel.Successors(s, a)];
                Rational exact = Sum(row.Select(next => (Rational)next.Probability * values[next.State]));
                Rational size = Sum(row.Select(next => (Rational)next.Probability * Math.Abs(values[next.State])));
                AtMost((exact - expectations[s, a]).Abs(), (Rational)(2 * Rounding.SecondOrder * Rounding.Unit * kernel.LargestRow) * size, Place("error of the expectation", s, a));
            }
        }
    }

    /// <summary>Any division into runs gives the bits of the whole, whatever was in the span before.</summary>
    private static void AssertRuns(TransitionKernel kernel, double[] values, SplittableRandom random)
    {
        double[] whole = kernel.Expect(values).Entries.ToArray();
        for (int trial = 0; trial < 3; trial++)
        {
            double[] parts = [.. Enumerable.Repeat(double.NaN, whole.Length)];
            for (int first = 0, run; first < kernel.States; first += run)
            {
                run = trial == 0 ? 1 : Math.Min(1 + random.NextInt(kernel.States), kernel.States - first);
                kernel.Expect(first, values, parts.AsSpan(first * kernel.Actions, run * kernel.Actions));
            }

            NUnit.Framework.Assert.That(parts.Select(BitConverter.DoubleToInt64Bits), Is.EqualTo(whole.Select(BitConverter.DoubleToInt64Bits)), "runs of states");
        }
    }

    /// <summary>E* mu is the sum over the pairs, within the roundings of the sum and of the probabilities.</summary>
    private static void AssertPush(TransitionKernel kernel, double[] occupancy)
    {
        double[] pushed = [.. Enumerable.Repeat(double.NaN, kernel.States)];
        kernel.Push(occupancy, pushed);
        (Rational[] exact, Rational[] size) = (new Rational[kernel.States], new Rational[kernel.States]);
        Array.Fill(exact, 0.0);
        Array.Fill(size, 0.0);
        for (int pair = 0; pair < occupancy.Length; pair++)
        {
            foreach (Successor next in kernel.Successors(pair / kernel.Actions, pair % kernel.Actions))
            {
                exact[next.State] += (Rational)next.Probability * occupancy[pair];
                size[next.State] += (Rational)next.Probability * Math.Abs(occupancy[pair]);
            }
        }

        for (int s = 0; s < kernel.States; s++)
            AtMost((exact[s] - pushed[s]).Abs(), (Rational)(Rounding.SecondOrder * Rounding.Unit * (kernel.LargestColumn + kernel.LargestRow)) * size[s], $"error of what is pushed to state {s}");
    }

    /// <summary>&lt;E V, mu&gt; = &lt;V, E* mu&gt;, within the roundings of the two maps.</summary>
    private static void AssertAdjoint(TransitionKernel kernel, double[] values, double[] occupancy)
    {
        StateActionTable expectations = kernel.Expect(values), mu = new(kernel.States, kernel.Actions, occupancy);
        double[] pushed = kernel.Push(mu);
        Rational left = Sum(occupancy.Select((weight, pair) => (Rational)weight * expectations[pair])), right = Sum(pushed.Select((mass, s) => (Rational)mass * values[s]));
        Rational size = Sum(kernel.Push(mu.Map(Math.Abs)).Select((mass, s) => (Rational)mass * Math.Abs(values[s])));
        AtMost((left - right).Abs(), (Rational)(2 * Rounding.Unit * (kernel.LargestRow + kernel.LargestColumn)) * size, "<E V, mu> - <V, E* mu>");
    }

    private static void AssertPlacesAreChecked(TransitionKernel kernel)
    {
        foreach ((int state, int action) in ((int, int)[])[(-1, 0), (kernel.States, 0), (0, -1), (0, kernel.Actions)])
        {
            NUnit.Framework.Assert.That(() => kernel.IsAvailable(state, action), Throws.InstanceOf<ArgumentException>().Or.InstanceOf<IndexOutOfRangeException>(), Place("available", state, action));
            NUnit.Framework.Assert.That(() => kernel.Successors(state, action).ToArray(), Throws.TypeOf<ArgumentOutOfRangeException>(), Place("successors", state, action));
            NUnit.Framework.Assert.That(() => kernel.AddRow(state, action, 1, new double[kernel.States]), Throws.TypeOf<ArgumentOutOfRangeException>(), Place("row added", state, action));
        }
    }

    private static Rational Sum(IEnumerable<Rational> terms) => terms.Aggregate((Rational)0.0, (sum, term) => sum + term);

    private static void AtMost(Rational found, Rational bound, string what) => NUnit.Framework.Assert.That(found <= bound, what);

    private static string Place(string what, int state, int action) => $"{what}, state {state}, action {action}";
}
