namespace Rift.Mdp.Tests;

/// <summary>Elimination in panels against a closed form, at sizes around multiples of the panel and of the vector.</summary>
public class EliminationTests
{
    [Test]
    public void Uniform_chains_of_every_size_are_solved_to_the_last_digits([Range(1, 41)] int n)
    {
        // (I - g 1 1' / n)^-1 = I + g / (1 - g) 1 1' / n.
        const double Discount = 0.75;
        double[] matrix = new double[n * n], excess = new double[n];
        Array.Fill(matrix, Discount / n);
        Array.Fill(excess, 1 - Discount);
        Elimination elimination = new(matrix, excess);
        for (int k = 0; k < n; k++)
        {
            double[] x = new double[n], y = new double[n];
            x[k] = y[k] = 1;
            elimination.Solve(x);
            elimination.SolveTransposed(y);
            for (int s = 0; s < n; s++)
            {
                double exact = (s == k ? 1 : 0) + (Discount / (1 - Discount) / n);
                // No step subtracts: a few roundoffs for each of n pivots.
                Assert.That(x[s], Is.EqualTo(exact).Within(4 * n * Rounding.Unit * exact));
                Assert.That(y[s], Is.EqualTo(exact).Within(4 * n * Rounding.Unit * exact));
            }
        }
    }

    [TestCase(7)]
    [TestCase(64)]
    [TestCase(203)]
    public void A_corridor_keeps_entries_of_any_size(int n)
    {
        // On with 2^-20, otherwise stay: x(k) = (g p)^k / (1 - g (1 - p))^(k + 1) from the first state; rows of zeros are passed over.
        const double Discount = 0.5, On = 1.0 / (1 << 20);
        double[] matrix = new double[n * n], excess = new double[n], x = new double[n];
        Array.Fill(excess, 1 - Discount);
        for (int s = 0; s < n; s++) matrix[(s * n) + ((s + 1) % n)] = Discount * On;
        x[0] = 1;
        new Elimination(matrix, excess).SolveTransposed(x);
        double pivot = 1 - Discount + (Discount * On), cycle = Math.Pow(Discount * On / pivot, n);
        for (int k = 0; k < Math.Min(n, 40); k++)
            Assert.That(x[k] / (Math.Pow(Discount * On / pivot, k) / pivot / (1 - cycle)), Is.EqualTo(1).Within(8 * (k + 2) * Rounding.Unit), $"state {k}");
    }
}
