using System.Globalization;

namespace Rift.Mdp;

/// <summary>
/// Value iteration in place and in order (Puterman 1994, section 6.3.3): each state is backed up from what the states between it and an end have just become, so that
/// one sweep carries a value all the way.
/// </summary>
/// <remarks>
/// <para>For processes that have ends: a goal, a pit, anything that is not left. States are ordered by their distance from an end, counted in transitions; from a V below V*
/// (<c>min_s T0(s) / (1 - gamma)</c>, and the exact value in states that are never left) what a state needs to know lies before it. What is left to converge is the motion against
/// the order, whatever the discount. Not for processes without ends: there it is no better than <see cref="ValueIteration"/>.</para>
/// <para>The kernel's rows are copied in the order of the states. Kernels without stored rows are left to <see cref="ValueIteration"/>.</para>
/// </remarks>
public sealed record GaussSeidel : SoftAlgorithm
{
    /// <inheritdoc/>
    public override string Name => "Gauss-Seidel value iteration";

    private protected override string Run(SoftIteration iteration)
    {
        bool ended = iteration.BackUp(MaxIterations);
        if (ended || OrderedSweep.Of(iteration) is not OrderedSweep ordered) return ended ? Name : new ValueIteration { MaxIterations = MaxIterations }.Continue(iteration);
        using (ordered)
        {
            do ordered.Improve(iteration, MaxIterations);
            while (!iteration.BackUp(MaxIterations));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Name} from {ordered.Ends} ends");
    }

    private protected override void Improve(SoftIteration iteration) => iteration.TakeNext();
}
