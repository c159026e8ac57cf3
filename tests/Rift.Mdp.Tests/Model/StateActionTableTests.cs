namespace Rift.Mdp.Tests;

public class StateActionTableTests
{
    private static readonly StateActionTable _table = new(2, 3, [1, -2, 3, 4, 5, -6]);

    [Test]
    public void Entries_lie_row_by_row()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_table.States, Is.EqualTo(2));
            Assert.That(_table.Actions, Is.EqualTo(3));
            Assert.That(_table[1, 0], Is.EqualTo(4));
            Assert.That(_table[3], Is.EqualTo(4));
            Assert.That(_table.Row(1).ToArray(), Is.EqualTo(new double[] { 4, 5, -6 }));
            Assert.That(_table.Entries.ToArray(), Is.EqualTo(new double[] { 1, -2, 3, 4, 5, -6 }));
            Assert.That(_table.ToString(), Is.EqualTo("2 x 3 table"));
        }
    }

    [Test]
    public void A_table_keeps_its_own_copy()
    {
        double[] entries = [1, 2];
        StateActionTable table = new(1, 2, entries);
        entries[0] = 7;
        Assert.That(table[0, 0], Is.EqualTo(1));
    }

    [Test]
    public void Arithmetic_is_entrywise()
    {
        StateActionTable other = StateActionTable.Create(2, 3, (s, a) => (10 * s) + a);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((_table + other).Entries.ToArray(), Is.EqualTo(new double[] { 1, -1, 5, 14, 16, 6 }));
            Assert.That((_table - other).Entries.ToArray(), Is.EqualTo(new double[] { 1, -3, 1, -6, -6, -18 }));
            Assert.That((-_table).Entries.ToArray(), Is.EqualTo(new double[] { -1, 2, -3, -4, -5, 6 }));
            Assert.That((2 * _table).Entries.ToArray(), Is.EqualTo(new double[] { 2, -4, 6, 8, 10, -12 }));
            Assert.That((_table / 2).Entries.ToArray(), Is.EqualTo(new double[] { 0.5, -1, 1.5, 2, 2.5, -3 }));
            Assert.That(_table.Map(Math.Abs).Sum(), Is.EqualTo(21));
            Assert.That(_table.Zip(other, Math.Max).Entries.ToArray(), Is.EqualTo(new double[] { 1, 1, 3, 10, 11, 12 }));
            Assert.That(_table.Sum(), Is.EqualTo(5));
            Assert.That(_table.MaxAbs(), Is.EqualTo(6));
            Assert.That(StateActionTable.Constant(2, 3, 2).InnerProduct(_table), Is.EqualTo(10));
        }
    }

    [Test]
    public void A_table_too_large_for_one_array_is_refused()
    {
        string message = $"found 2000000000 states with 2 actions, expected at most {Array.MaxLength} pairs (Parameter 'states')";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => StateActionTable.Constant(2_000_000_000, 2, 1), Throws.ArgumentException.With.Message.EqualTo(message));
            Assert.That(() => StateActionTable.Create(2_000_000_000, 2, (_, _) => 1), Throws.ArgumentException.With.Message.EqualTo(message));
            Assert.That(() => new StateActionTable(2_000_000_000, 2, [1]), Throws.ArgumentException.With.Message.EqualTo(message));
        }
    }

    [Test]
    public void In_an_inner_product_zero_cancels_infinity()
    {
        StateActionTable x = new(1, 3, [0, 2, double.NegativeInfinity]), y = new(1, 3, [double.PositiveInfinity, 3, 0]);
        Assert.That(x.InnerProduct(y), Is.EqualTo(6));
        Assert.That(y.InnerProduct(x), Is.EqualTo(6));
    }

    [Test]
    public void A_table_becomes_a_matrix_of_MathNet()
    {
        MathNet.Numerics.LinearAlgebra.Matrix<double> matrix = _table.ToMatrix();
        Assert.That((matrix.RowCount, matrix.ColumnCount, matrix[1, 2], matrix[0, 1]), Is.EqualTo((2, 3, -6.0, -2.0)));
    }

    [Test]
    public void Shapes_are_checked()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new StateActionTable(2, 3, [1, 2]), Throws.ArgumentException.With.Message.EqualTo("found 2 entries, expected 6 (Parameter 'entries')"));
            Assert.That(() => new StateActionTable(0, 3, []), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("found a number below 1, expected at least 1 (Parameter 'states')"));
            Assert.That(() => new StateActionTable(1, 0, []), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("found a number below 1, expected at least 1 (Parameter 'actions')"));
            Assert.That(() => StateActionTable.Constant(-1, 2, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => StateActionTable.Create(2, -1, (_, _) => 0), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => StateActionTable.Create(2, 1, null!), Throws.ArgumentNullException);
            Assert.That(() => _table + new StateActionTable(3, 2, new double[6]), Throws.ArgumentException.With.Message.EqualTo("found a 3 x 2 table, expected 2 x 3 (Parameter 'other')"));
            Assert.That(() => _table.InnerProduct(new StateActionTable(1, 3, new double[3])), Throws.ArgumentException.With.Message.EqualTo("found a 1 x 3 table, expected 2 x 3 (Parameter 'other')"));
            Assert.That(() => _table + null!, Throws.ArgumentNullException);
            Assert.That(() => _table.Map(null!), Throws.ArgumentNullException);
        }
    }

    [TestCase(2, 0)]
    [TestCase(-1, 0)]
    public void There_is_no_state_outside_the_table(int state, int action) => Assert.That(() => _table[state, action], Throws.TypeOf<ArgumentOutOfRangeException>());

    [TestCase(0, 3)]
    [TestCase(0, -1)]
    public void There_is_no_action_outside_the_table(int state, int action) => Assert.That(() => _table[state, action], Throws.TypeOf<IndexOutOfRangeException>());
}
