using Rift.Mdp;

namespace Rift.Theory;

/// <summary>What is proved about a step r - eta phi before it is taken: Psi falls by at least so much (fact F3), and by at most so much (fact F1).</summary>
/// <remarks>
/// With Delta = &lt;phi, mu^pihat - mu*&gt; and phi from 0 to 1, <c>-(eta/alpha) Delta &lt;= Psi(r - eta phi) - Psi(r) &lt;= -(eta/alpha) Delta + eta^2 / (8 alpha^2 (1-gamma))</c>. The
/// first is convexity, the second the sharp curvature bound. A full step, eta = 1, is certified only if Delta exceeds 1/(8 alpha (1-gamma)): at small temperatures never.
/// </remarks>
public sealed record StepCertificate
{
    private StepCertificate(CertifiedNumber advantage, double temperature, double discount)
    {
        Advantage = advantage;
        Temperature = temperature;
        Discount = discount;
    }

    /// <summary>Delta = &lt;phi, mu^pihat - mu*&gt;: how much more often the candidate is stopped than the expert, with its error.</summary>
    public CertifiedNumber Advantage { get; }

    /// <summary>alpha.</summary>
    public double Temperature { get; }

    /// <summary>gamma.</summary>
    public double Discount { get; }

    /// <summary>Every step strictly between 0 and this lowers Psi: 8 alpha (1-gamma) Delta, with Delta at the lower end of its error; 0 where Delta is not proved positive.</summary>
    public double LargestGuaranteedStep => 8 * Temperature * (1 - Discount) * Proved;

    /// <summary>The step whose guaranteed decrease is largest: half of <see cref="LargestGuaranteedStep"/>.</summary>
    public double BestStep => LargestGuaranteedStep / 2;

    /// <summary>By how much Psi falls at <see cref="BestStep"/> at least, in nats: 2 (1-gamma) Delta^2.</summary>
    public double GuaranteedDecrease => 2 * (1 - Discount) * Proved * Proved;

    private double Proved => Math.Max(0, Advantage.Value - Advantage.ErrorBound);

    /// <summary>Psi rises by at most this in a step, in nats; negative where it is proved to fall.</summary>
    /// <param name="step">eta, at least 0.</param>
    public double LargestChange(double step) =>
        (-step / Temperature * (Advantage.Value - Advantage.ErrorBound)) + (step / Temperature * (step / Temperature) / (8 * (1 - Discount)));

    /// <summary>Psi falls by no more than the first-order estimate, in nats: its change is at least this, which is negative where Delta is positive.</summary>
    /// <param name="step">eta, at least 0.</param>
    public double SmallestChange(double step) => -step / Temperature * (Advantage.Value + Advantage.ErrorBound);

    /// <summary>The certificate of an intervention table.</summary>
    /// <param name="imitation">The expert.</param>
    /// <param name="candidate">rho and mu of pihat.</param>
    /// <param name="intervention">phi(s,a), numbers from 0 to 1.</param>
    /// <param name="temperature">alpha, positive.</param>
    /// <exception cref="InvalidModelException">An entry of phi is not between 0 and 1.</exception>
    public static StepCertificate Of(Imitation imitation, Visitation candidate, StateActionTable intervention, double temperature)
    {
        ArgumentNullException.ThrowIfNull(imitation);
        ArgumentNullException.ThrowIfNull(intervention);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        for (int i = 0; i < intervention.Entries.Length; i++)
            if (!(intervention[i] is >= 0 and <= 1))
                throw new InvalidModelException(
                    FormattableString.Invariant($"found the intervention probability {intervention[i]}"), "a number from 0 to 1", i / intervention.Actions, i % intervention.Actions);
        CertifiedNumber here = candidate.Average(intervention), expert = imitation.ExpertVisitation.Average(intervention);
        double error = Rounding.SecondOrder * (here.ErrorBound + expert.ErrorBound + Rounding.Unit);
        return new StepCertificate(new CertifiedNumber(here.Value - expert.Value, error), temperature, imitation.Mdp.Discount);
    }
}
