using NUnit.Framework.Internal;

namespace Rift.Mdp.Tests;

/// <summary>The contract notices a kernel that breaks it.</summary>
public class KernelContractTests
{
    public enum Fault
    {
        None,
        TooFewTransitions,
        NotAllAvailable,
        RowsSaidToBeExact,
        TooFewRoundingsInARow,
        TooFewRoundingsInAColumn,
        ExpectationsDependOnTheRun,
        ExpectationsOfAnotherKernel,
        RowsOfAnotherKernel,
        PushedOnTop,
    }

    [Test]
    public void A_broken_kernel_is_noticed([Values] Fault fault)
    {
        bool noticed = false;
        using (new TestExecutionContext.IsolatedContext())
        {
            try
            {
                KernelContract.Assert(new Broken(fault));
            }
            catch (ResultStateException)
            {
                noticed = true;
            }
        }

        Assert.That(noticed, Is.EqualTo(fault != Fault.None));
    }

    /// <summary>The carousel, with one promise broken.</summary>
    private sealed class Broken(Fault fault) : TransitionKernel(9, 3)
    {
        private readonly Carousel _sound = new(9, 1.0 / 3), _other = new(9, 0.3);

        public override double RowSumError => fault == Fault.RowsSaidToBeExact ? 0 : _sound.RowSumError;

        public override int LargestRow => fault == Fault.TooFewRoundingsInARow ? 0 : _sound.LargestRow;

        public override int LargestColumn => fault == Fault.TooFewRoundingsInAColumn ? 0 : _sound.LargestColumn;

        public override long Transitions => _sound.Transitions - (fault == Fault.TooFewTransitions ? 1 : 0);

        public override bool AllAvailable => fault != Fault.NotAllAvailable;

        public override bool IsAvailable(int state, int action) => _sound.IsAvailable(state, action);

        public override IEnumerable<Successor> Successors(int state, int action) => _sound.Successors(state, action);

        public override void Expect(int firstState, ReadOnlySpan<double> values, Span<double> expectations)
        {
            (fault == Fault.ExpectationsOfAnotherKernel ? _other : _sound).Expect(firstState, values, expectations);
            if (fault == Fault.ExpectationsDependOnTheRun) expectations[0] = Math.BitIncrement(expectations[0]);
        }

        public override void AddRow(int state, int action, double weight, Span<double> states) =>
            (fault == Fault.RowsOfAnotherKernel ? _other : _sound).AddRow(state, action, weight, states);

        public override void Push(ReadOnlySpan<double> occupancy, Span<double> states)
        {
            if (fault != Fault.PushedOnTop) states.Clear();
            for (int pair = 0; pair < occupancy.Length; pair++) _sound.AddRow(pair / Actions, pair % Actions, occupancy[pair], states);
        }
    }
}
